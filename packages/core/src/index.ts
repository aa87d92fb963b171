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
  type CreateDraw,
  classOfId,
  type DataObjectClass,
  dataObjectClasses,
  drawCreate,
  fromLocalKey,
  holdsProvisionalId,
  isEntityId,
  isObjectId,
  isProjectId,
  isProvisionalId,
  type LocalKey,
  newNonce,
  newOperationId,
  newProvisionalId,
  type ObjectId,
  type OperationId,
  type ProjectId,
  type ProvisionalId,
  sequenceOf,
  strictAlphabet,
  toLocalKey,
  type UserId,
} from "./ids.ts";
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
  type Random,
  silentLogger,
} from "./ports.ts";
export { keyOfPut } from "./row-key.ts";
export type {
  AliasRow,
  Change,
  ChangesSince,
  CommitNotice,
  Decision,
  Delete,
  IdentityRow,
  KeyOf,
  LeaseRow,
  MetaName,
  MetaRows,
  Put,
  Reads,
  RowOf,
  Rows,
  Scan,
  ServerClockRow,
  StorageStatus,
  Store,
  TableName,
  Tables,
  Write,
} from "./store.ts";
// rows
export {
  keyProperty,
  type ObjectRow,
  type ObjectState,
  type State,
  states,
} from "./data-object.ts";
export type { FirstAttempt, JournalRow } from "./journal.ts";
export type {
  CreateInput,
  Edit,
  HistoryRow,
  LeftOut,
  Operation,
  OperationKind,
  OutboxRow,
  Parking,
  Sequence,
} from "./operation.ts";
// queries
export type { FindQuery, Logic, PropertyCondition, PropertyQuery, TimeRange } from "./query.ts";
// requests and what their answers mean
export type { Answer, Verdict } from "./request.ts";
// rules: values, lifecycle, what operations do, what an app may ask
export { type Applied, type ApplyContext, applyOperation } from "./apply.ts";
export {
  describeRow,
  type ObjectDescription,
  type RealIdOf,
  referencesOfRow,
} from "./description.ts";
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
} from "./details-text.ts";
export { failureAt } from "./input-fields.ts";
export { type DetailsFindings, inspectDetails, linkKey } from "./inspect-details.ts";
export { equalNodes, type JsonNode, parseJsonNodes, sourceAt } from "./json-nodes.ts";
export {
  type ClassLifecycle,
  canBeIn,
  isFixedFieldOperation,
  isForward,
  joinStates,
  type Level,
  type LifecycleAnswer,
  type LifecycleOperation,
  lifecycleAnswer,
  lifecycleOperations,
  lifecycles,
  stateAfterClose,
} from "./lifecycle.ts";
export { linksOf, linksOfText } from "./links.ts";
export {
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
} from "./local-writes.ts";
export {
  compareRows,
  compileQuery,
  effectiveId,
  effectiveName,
  matches,
  type RowTest,
} from "./match.ts";
export {
  type CreatableClass,
  type CreateRequest,
  type InitializeFrom,
  parseCreate,
} from "./parse-create.ts";
export { editKinds, type EditOperation, type EditRequest, parseEdit } from "./parse-edit.ts";
export { maxQueryIds, parseFindQuery } from "./parse-find-query.ts";
export { type RebuildContext, type Rebuilt, rebuildView } from "./rebuild-view.ts";
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
} from "./values.ts";
// replay rules: planning, judging, and the writes of an engine
export {
  type Acknowledged,
  type Acknowledgement,
  acknowledge,
  acknowledgeFound,
  type Found,
} from "./acknowledge.ts";
export { type BackoffBounds, backoffMs, retryDelayMs } from "./backoff.ts";
export {
  type DiscardInput,
  type Discarded,
  discard,
  discardPreview,
} from "./discard.ts";
export {
  type BulkDescribe,
  type Described,
  describeFields,
  describesOf,
  fromDescribe,
} from "./from-describe.ts";
export {
  aliasesNeeded,
  type JournalNext,
  type JournalNextInput,
  journalNext,
} from "./journal-next.ts";
export { judge } from "./judge.ts";
export { type AttemptTime, insideNonceWindow, nonceWindowMs } from "./nonce-window.ts";
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
} from "./park.ts";
export {
  nextOf,
  type PlannedRequest,
  type PlanOptions,
  planLane,
  type RequestMethod,
} from "./plan.ts";
export {
  type AfterDescribe,
  type Comparison,
  compareToDescribe,
  type PostconditionInput,
  isAsKnown,
  stepAfterDescribe,
} from "./postcondition.ts";
export {
  type BodyContext,
  type Expectation,
  expectationOf,
  type JournalStamp,
  toJournalRow,
} from "./request-body.ts";
export { type RebaseInput, type Rebased, rebase } from "./rebase.ts";
export { type Retried, type RetryInput, retryParked } from "./retry-parked.ts";
