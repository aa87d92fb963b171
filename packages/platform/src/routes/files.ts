import { dataObjectClasses } from "@holdfast/core";
import { fileClose } from "./file-close.ts";
import { fileDownload } from "./file-download.ts";
import { fileNew } from "./file-new.ts";
import { fileUpload } from "./file-upload.ts";
import { objectFixedFields } from "./object-fixed-fields.ts";
import { objectFreeFields } from "./object-free-fields.ts";
import { objectReads } from "./object-reads.ts";
import type { Route } from "./route.ts";

/** Files in full (DO §7): what they share with every data object, and what is theirs. */
export const fileRoutes: readonly Route[] = [
  fileNew,
  ...objectReads("file-xxxx"),
  ...objectFixedFields("file-xxxx"),
  ...objectFreeFields("file-xxxx"),
  fileClose,
  // On any other class they are InvalidType, which is not the same as no such method (CS §6).
  ...dataObjectClasses.flatMap((name) => [
    fileUpload(`${name}-xxxx`),
    fileDownload(`${name}-xxxx`),
  ]),
];
