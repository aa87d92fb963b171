// ids, JSON, failures
export { assert, unreachable } from "./assert.ts";
export {
  type Failure,
  type FailureCode,
  failureOf,
  HoldfastError,
  isPlatformErrorType,
  isPlatformFailure,
  type LocalFailure,
  type PlatformErrorType,
  type PlatformFailure,
} from "./failure.ts";
export {
  type ContentName,
  type CreateDraw,
  classOfId,
  type DataObjectClass,
  dataObjectClasses,
  drawCreate,
  fromLocalKey,
  holdsProvisionalId,
  isContentName,
  isEntityId,
  isObjectId,
  isProjectId,
  isProjectKey,
  isProvisionalId,
  type LocalKey,
  newContentName,
  newNonce,
  newOperationId,
  newProvisionalId,
  type ObjectId,
  type OperationId,
  type ProjectId,
  type ProvisionalId,
  projectKey,
  type RowClass,
  sequenceOf,
  strictAlphabet,
  toLocalKey,
  type UserId,
} from "./ids.ts";
export {
  type ContentPart,
  type ContentRoom,
  type ContentRow,
  type ContentStore,
  type ContentWriter,
  lockOfContent,
  sizeOfParts,
} from "./content.ts";
export type { Transfer, Transfers } from "./transfer.ts";
export {
  beginContent,
  contentDeletes,
  dropGarbage,
  evictContent,
  isGarbage,
  nameContent,
} from "./contents/content-rows.ts";
export { isEvictable, leastUsed } from "./contents/evictable.ts";
export { freeBytes, noRoom, outboxReserve } from "./contents/free-room.ts";
export { partSizeAt } from "./contents/part-size.ts";
export { equalJson, isJsonObject, type Json, type JsonObject, type JsonText } from "./json.ts";
// ports
export {
  type Channel,
  type Clock,
  type Connectivity,
  delay,
  type EpochMs,
  type LockOptions,
  type Locks,
  type Logger,
  type Md5,
  type NewMd5,
  type Random,
  silentLogger,
} from "./ports.ts";
export { keyOfPut } from "./settling/row-key.ts";
export type {
  AliasRow,
  Change,
  ChangesSince,
  CommitNotice,
  DamagedRow,
  Decision,
  Delete,
  IdentityRow,
  KeyOf,
  LeaseRow,
  MetaName,
  MetaRows,
  Put,
  ReadOptions,
  Reads,
  RowOf,
  Rows,
  Scan,
  ServerClockRow,
  StorageStatus,
  Store,
  Subtree,
  TableName,
  Tables,
  Write,
} from "./store.ts";
// rows
export {
  keyProperty,
  type Level,
  type Fetching,
  type ObjectRow,
  type ObjectState,
  type ProjectFacts,
  type ProjectState,
  type State,
  states,
} from "./data-object.ts";
export type { ClosedField, FixedField } from "./fixed-field.ts";
export {
  type Closing,
  type FirstAttempt,
  type JournalRow,
  lateMs,
  type Shade,
  type Until,
} from "./journal.ts";
export { isFolderOperation } from "./operation.ts";
export type {
  AttachOperation,
  CloneOperation,
  CreateInput,
  Edit,
  FolderOperation,
  HistoryRow,
  InitializeFrom,
  LeftOut,
  Operation,
  OperationKind,
  OutboxRow,
  Parking,
  Rights,
  Sequence,
} from "./operation.ts";
// queries
export type { FindQuery, Logic, PropertyCondition, PropertyQuery, TimeRange } from "./query.ts";
// requests and what their answers mean
export type { Answer, Verdict } from "./request.ts";
// rules: values, lifecycle, what operations do, what an app may ask
export { type Applied, type ApplyContext, applyOperation } from "./objects/apply.ts";
export {
  type ContentHere,
  describeRow,
  type ObjectDescription,
  type RealIdOf,
  referencesOfRow,
  type SizeOfContent,
} from "./objects/description.ts";
export {
  type DetailsResult,
  type DetailsText,
  detailsOfSource,
  detailsOfValue,
  emptyDetails,
  equalDetails,
  losesDigits,
  parseDetails,
  parseDetailsLossless,
  referencesIn,
  replaceIds,
} from "./values/details-text.ts";
export { type CloneRequest, parseClone } from "./input/parse-clone.ts";
export { type ClonedObject, cloneObject } from "./objects/clone-object.ts";
export { isListed } from "./matching/is-listed.ts";
export { failureAt } from "./input/input-fields.ts";
export { type ChangeRequest, parseChange } from "./input/parse-change.ts";
export { type DetailsFindings, inspectDetails, linkKey } from "./values/inspect-details.ts";
export { equalNodes, type JsonNode, parseJsonNodes, sourceAt } from "./values/json-nodes.ts";
export {
  type ClassLifecycle,
  canBeIn,
  isFixedFieldOperation,
  isForward,
  joinStates,
  type LifecycleAnswer,
  type LifecycleOperation,
  lifecycleAnswer,
  methodOf,
  lifecycleOperations,
  lifecycles,
  stateAfterClose,
} from "./objects/lifecycle.ts";
export { type DetailsVersions, type MergedDetails, mergeDetails } from "./values/merge-details.ts";
export { linksOf, linksOfText } from "./values/links.ts";
export {
  attachContent,
  attachRefusal,
  type CreatedObject,
  createObjects,
  type EditedObject,
  type EditResult,
  editObject,
  editObjects,
  folderTouched,
  type LocalWriteContext,
  maxObjectsPerWrite,
  type ObjectEdits,
} from "./objects/local-writes.ts";
export { keepDescribed } from "./objects/keep-described.ts";
export { forgetContent, touchContent } from "./objects/read-content.ts";
export { type WantContentInput, type WantedContent, wantContent } from "./objects/want-content.ts";
export {
  compareRows,
  compileQuery,
  effectiveId,
  effectiveName,
  matches,
  type RowTest,
} from "./matching/match.ts";
export {
  type CreatableClass,
  type CreateRequest,
  type NewContent,
  parseCreate,
} from "./input/parse-create.ts";
export {
  editKinds,
  type EditOperation,
  type EditRequest,
  parseEdit,
  parseProjectEdit,
  type ProjectEditKind,
} from "./input/parse-edit.ts";
export {
  type FolderRequest,
  parseFolder,
  parseFolderOperation,
} from "./input/parse-folder-operation.ts";
export { maxQueryIds, parseFindQuery } from "./input/parse-find-query.ts";
export { childOf, isWithin, parentOf } from "./objects/folder-paths.ts";
export { baseOf, relocationOf } from "./objects/relocations.ts";
export { type FolderTree, type RemovedTree, removeFolderTree } from "./objects/remove-tree.ts";
export { projectAnswer } from "./objects/project-methods.ts";
export { describeProject, type ProjectDescription } from "./objects/project-row.ts";
export { type RebuildContext, type Rebuilt, rebuildView } from "./objects/rebuild-view.ts";
export {
  detailsProblem,
  folderProblem,
  nameProblem,
  nonceProblem,
  normalFolder,
  propertyKeyProblem,
  propertyValueProblem,
  tagProblem,
  typeProblem,
  utf8Length,
} from "./values/values.ts";
// replay rules: planning, judging, and the writes of an engine
export {
  type Acknowledged,
  type Acknowledgement,
  acknowledge,
  acknowledgeFound,
  type Found,
} from "./settling/acknowledge.ts";
export {
  acknowledgeAttach,
  type AttachDone,
  attachIn,
  type AttachRow,
  changeContent,
  type ContentChange,
  restoreAttach,
  type RestoreAttachInput,
} from "./settling/attach.ts";
export { type ExpandInput, expandCreate } from "./settling/expand-create.ts";
export type { Source } from "./objects/initialize-from.ts";
export { type CancelInput, cancelRemoved } from "./settling/cancel-removed.ts";
export { type MadeAgain, type MakeAgainInput, makeFileAgain } from "./settling/make-file-again.ts";
export { type ForgetInput, forgetObject } from "./settling/forget.ts";
export {
  dropUnlessFetching,
  type Fetched,
  finishFetching,
  isFetching,
  keepFetchedParts,
  refuseFetching,
} from "./settling/fetched-content.ts";
export { isOrigin, isUnborn, removalIn } from "./objects/removal.ts";
export { type AmendInput, amend } from "./settling/amend.ts";
export { type BackoffBounds, backoffMs, retryDelayMs } from "./outcomes/backoff.ts";
export { parseRetryAfterMs } from "./outcomes/retry-after.ts";
export { type Choice, choicesFor } from "./settling/choices.ts";
export {
  type DiscardInput,
  type Discarded,
  discard,
  discardPreview,
} from "./settling/discard.ts";
export {
  type BulkDescribe,
  type Described,
  describeFields,
  describesOf,
  fromDescribe,
} from "./outcomes/from-describe.ts";
export {
  contentFields,
  contentOfDescribe,
  type DescribedContent,
  fromPartsMap,
  type PlatformPart,
} from "./outcomes/parts-map.ts";
export {
  fromProjectDescribe,
  isProjectLevel,
  projectDescribeInput,
  projectLevels,
} from "./outcomes/from-project-describe.ts";
export { type FolderRow, isFolderRow, isHeldUpBy } from "./planning/folder-order.ts";
export {
  aliasesNeeded,
  copiesFollowed,
  type JournalNext,
  type JournalNextInput,
  journalNext,
} from "./planning/journal-next.ts";
export { judge } from "./outcomes/judge.ts";
export { type AttemptTime, insideNonceWindow, nonceWindowMs } from "./outcomes/nonce-window.ts";
export {
  type ParkInput,
  parkInDoubt,
  parkOperations,
  parkRequest,
  type ReleaseInput,
  releaseRequest,
  type SettleInput,
  type SplitInput,
  type SplitOutcome,
  splitRefused,
} from "./settling/park.ts";
export {
  noteRights,
  type ParkedPolicies,
  type ParkedPolicy,
  type ParkedReason,
  type PolicyInput,
  type PolicyStep,
  policiesProblem,
  policyFor,
  policyStep,
} from "./settling/parked-policy.ts";
export {
  nextOf,
  type PlannedRequest,
  type PlanOptions,
  planLane,
  type Predecessor,
  type RequestMethod,
  type Waiting,
} from "./planning/plan.ts";
export {
  type AfterDescribe,
  type Comparison,
  compareToDescribe,
  type PostconditionInput,
  isAsKnown,
  stepAfterDescribe,
} from "./outcomes/postcondition.ts";
export {
  compareParts,
  isSameContent,
  type PartsComparison,
} from "./outcomes/compare-parts.ts";
export {
  emptyPart,
  isCutFor,
  parseUploadParameters,
  partSizeFor,
  partsToUpload,
  type UploadParameters,
} from "./planning/part-sizes.ts";
export type { Expectation } from "./planning/expectation.ts";
export {
  type BodyContext,
  expectationOf,
  type JournalStamp,
  toJournalRow,
} from "./planning/request-body.ts";
export {
  type DetailsAnswer,
  type DetailsConflict,
  type DetailsRebase,
  type RebasedDetails,
  rebaseDetails,
} from "./settling/rebase-details.ts";
export { type RebaseInput, type Rebased, rebase } from "./settling/rebase.ts";
export { type Retried, type RetryInput, retryParked } from "./settling/retry-parked.ts";
export { type SaveAsNewInput, type SavedAsNew, saveAsNew } from "./settling/save-as-new.ts";
export {
  type LateCloneInput,
  type LateObjectInput,
  takeLateClone,
  takeLateRemoval,
} from "./settling/late-objects.ts";
export { type CopyInput, showCopy } from "./settling/show-copy.ts";
export {
  aliasesOfShades,
  settleShades,
  type ShadesInput,
  type ShadesSettled,
} from "./settling/settle-shades.ts";
export {
  aliasesOfClose,
  type CloseInput,
  type CloseSettled,
  settleClose,
} from "./settling/settle-close.ts";
export { canStillChange, withoutLate } from "./settling/shade.ts";
