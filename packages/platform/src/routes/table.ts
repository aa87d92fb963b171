import { appletRoutes } from "./applets.ts";
import { clusterRoutes } from "./clusters.ts";
import { databaseRoutes } from "./databases.ts";
import { describeDataObjects } from "./describe-data-objects.ts";
import { describeProjects } from "./describe-projects.ts";
import { driveRoutes } from "./drives.ts";
import { fileRoutes } from "./files.ts";
import { findDataObjects } from "./find-data-objects.ts";
import { findNothing } from "./find-nothing.ts";
import { findProjects } from "./find-projects.ts";
import { generateBatchInputs } from "./generate-batch-inputs.ts";
import { objectClose } from "./object-close.ts";
import { objectFixedFields } from "./object-fixed-fields.ts";
import { objectFreeFields } from "./object-free-fields.ts";
import { objectReads } from "./object-reads.ts";
import { archivalRoutes } from "./project-archive.ts";
import { clone } from "./project-clone.ts";
import { projectDescribe } from "./project-describe.ts";
import { projectDestroy } from "./project-destroy.ts";
import { folderRoutes } from "./project-folders.ts";
import { memberRoutes } from "./project-members.ts";
import { projectMetadata } from "./project-metadata.ts";
import { move } from "./project-move.ts";
import { projectNew } from "./project-new.ts";
import { removeFolder } from "./project-remove-folder.ts";
import { removeObjects } from "./project-remove-objects.ts";
import { renameFolder } from "./project-rename-folder.ts";
import { projectUpdate } from "./project-update.ts";
import { recordNew } from "./record-new.ts";
import { resolveDataObjects } from "./resolve-data-objects.ts";
import type { Route } from "./route.ts";
import { systemRoutes } from "./system.ts";
import { userDescribe } from "./user-describe.ts";
import { workflowRoutes } from "./workflows.ts";

/** Every method of the API that is answered. A class joins by its `new` and the routes of its objects. */
export const routes: readonly Route[] = [
  ...systemRoutes,
  findDataObjects,
  describeDataObjects,
  resolveDataObjects,
  findProjects,
  describeProjects,
  ...findNothing,
  generateBatchInputs,
  userDescribe,
  projectNew,
  projectDescribe,
  projectUpdate,
  projectDestroy,
  ...memberRoutes,
  ...projectMetadata,
  ...folderRoutes,
  renameFolder,
  move,
  removeFolder,
  removeObjects,
  clone,
  ...archivalRoutes,
  recordNew,
  ...objectReads("record-xxxx"),
  ...objectFixedFields("record-xxxx"),
  ...objectFreeFields("record-xxxx"),
  objectClose("record-xxxx"),
  ...fileRoutes,
  ...appletRoutes,
  ...workflowRoutes,
  ...databaseRoutes,
  ...clusterRoutes,
  ...driveRoutes,
];
