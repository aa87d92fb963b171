// opening
export { openHoldfast } from "./open-holdfast.ts";
export type { Api, HoldfastOptions, ReplayOptions, StoreOptions } from "./options.ts";
export type { EndOptions, Holdfast, HoldfastStatus, Phase } from "./holdfast.ts";
export type { BackgroundLink, BackgroundReason, BackgroundStatus } from "./background.ts";
// objects
export type { CloneDestination, CreatedHandle, ObjectHandle } from "./object-handle.ts";
export type { ConflictingDetails, DecideDetails, DetailsDecision } from "./details-conflict.ts";
export type { Difference } from "./difference.ts";
export type { EditOutcome, ObjectEdit, Objects } from "./objects.ts";
export type {
  FolderEdit,
  FolderListing,
  FolderRemoval,
  Folders,
  ListOptions,
  Subfolders,
} from "./folders.ts";
export type { ProjectEdit, Projects } from "./projects.ts";
export type { Receipt, WaitOptions } from "./receipt.ts";
export type { Creation, CreationInput, ManyOptions } from "./creation.ts";
export type { RecordInput, Records } from "./records.ts";
export type { CreatedFileHandle, FileHandle, FileInput, Files } from "./files.ts";
export type { AttachOptions, Content } from "./content.ts";
export type { ParameterInput, StageInput, WorkflowInput, Workflows } from "./workflows.ts";
// what is on its way
export type {
  DamagedWork,
  DiscardPreview,
  OperationChange,
  Outbox,
  OutboxEntry,
  OutboxPage,
  OutboxSelection,
  ParkedPage,
} from "./outbox.ts";
export type {
  History,
  HistoryEntry,
  HistoryOptions,
  OperationReport,
  Operations,
} from "./operations.ts";
// of core, what the above is made of
export {
  type Choice,
  type ContentHere,
  type Failure,
  type FailureCode,
  type FindQuery,
  HoldfastError,
  type Json,
  type LocalKey,
  type ObjectDescription,
  type ObjectId,
  type OperationId,
  type ProjectDescription,
  type ParkedPolicies,
  type ParkedPolicy,
  type ParkedReason,
  type State,
  type StorageStatus,
  type Transfer,
  type Transfers,
} from "@holdfast/core";
