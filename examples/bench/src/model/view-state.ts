import type { OutboxEntry, OutboxSelection } from "holdfast";
import type { Sample } from "./sample.ts";

/** The one dialog that may be open. */
export type OpenDialog =
  | { readonly kind: "import"; readonly file: File | undefined }
  | { readonly kind: "new" }
  | { readonly kind: "close"; readonly samples: readonly Sample[] }
  | { readonly kind: "tag"; readonly samples: readonly Sample[] }
  | { readonly kind: "discard"; readonly selection: OutboxSelection; readonly asked: number }
  | { readonly kind: "edit"; readonly entry: OutboxEntry }
  | { readonly kind: "files" }
  | { readonly kind: "token" }
  | { readonly kind: "connect" }
  | { readonly kind: "startOver" };

/** What a narrow window shows, one at a time. */
export type Pane = "samples" | "outbox";
