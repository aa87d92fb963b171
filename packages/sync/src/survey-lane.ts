import {
  compareToDescribe,
  type Described,
  type Failure,
  isFolderOperation,
  type Level,
  lifecycleAnswer,
  methodOf,
  type ObjectId,
  type Operation,
  type OutboxRow,
  isUnborn,
  projectAnswer,
  relocationOf,
  removalIn,
  type ProvisionalId,
  type Sequence,
} from "@holdfast/core";
import { isAtLeast, type ProjectFacts } from "./projects.ts";

/** What the platform showed of one lane before anything of it is sent. */
export interface LaneSurvey {
  /** All outbox rows of the lane, in order. */
  readonly rows: readonly OutboxRow[];
  readonly project: ProjectFacts;
  /** Absent for an object that is not on the platform yet, or of which nothing could be learned. */
  readonly object?:
    | { readonly kind: "described"; readonly described: Described }
    | { readonly kind: "absent"; readonly failure: Failure; readonly isElsewhere?: true };
  readonly realIdOf: (id: ProvisionalId) => ObjectId | undefined;
}

export interface Parking {
  readonly operations: readonly Sequence[];
  readonly reason: Failure;
}

export interface SurveyResult {
  /** From the head of the lane: the platform already shows them as done. */
  readonly done: readonly Sequence[];
  /** Certain to be refused: parked without a request, since refused requests are throttled (CS §8.2). */
  readonly parked: readonly Parking[];
}

/** Decides what a survey says about the unsent operations of one lane (design §5, survey). */
export function surveyLane(survey: LaneSurvey): SurveyResult {
  // Of a copy that is about to be made it says nothing that it is not there yet.
  if (survey.object?.kind === "absent" && isUnborn(survey.rows)) {
    const { object: _, ...others } = survey;
    return surveyLane(others);
  }
  const removal = removalIn(survey.rows);
  if (removal !== undefined) return surveyRemoval(removal, survey);
  const unsent = survey.rows.filter((row) => row.parked === undefined && row.request === undefined);
  const done = doneFromHead(survey);
  const rest = unsent.filter((row) => !done.includes(row.sequence));
  const parked: Parking[] = [];
  for (const row of rest) {
    const reason = reasonAgainst(row.operation, survey);
    if (reason !== undefined) parked.push({ operations: [row.sequence], reason });
  }
  return { done, parked };
}

/** What else is in the lane goes with the object, or is looked at again once the removal was refused. */
function surveyRemoval(removal: OutboxRow, survey: LaneSurvey): SurveyResult {
  const { operation, sequence } = removal;
  if (survey.project.kind !== "hidden" && survey.object?.kind === "absent") {
    return { done: [sequence], parked: [] };
  }
  const reason = isUnborn(survey.rows) ? undefined : reasonAgainst(operation, survey);
  return {
    done: [],
    parked: reason === undefined ? [] : [{ operations: [sequence], reason }],
  };
}

/** Stops at the first that is not shown as done: what comes after it may be done by accident only. */
function doneFromHead({ rows, object, realIdOf }: LaneSurvey): readonly Sequence[] {
  if (object?.kind !== "described") return [];
  const done: Sequence[] = [];
  for (const { operation, sequence, parked, request } of rows) {
    if (parked !== undefined || request !== undefined || operation.kind === "create") break;
    // A folder of that name where this one shall come to be may be another one.
    if (relocationOf(operation) !== undefined) break;
    const described = object.described.state;
    // Somebody else's close is on its way, and only what we have closed is watched until it is closed.
    if (operation.kind === "close" && described.state === "closing") break;
    if (compareToDescribe({ operations: [operation], described, realIdOf }) !== "holds") break;
    done.push(sequence);
  }
  return done;
}

function reasonAgainst(operation: Operation, survey: LaneSurvey): Failure | undefined {
  const { project, object } = survey;
  if (project.kind === "hidden") return project.failure;
  if (object?.kind === "absent") return object.failure;
  const needed = neededLevel(operation, object?.described);
  if (typeof needed !== "string") return needed;
  if (project.kind === "unknown" || isAtLeast(project.level, needed)) return undefined;
  return {
    code: "PermissionDenied",
    message: `${operation.kind} needs ${needed} in the project, and your level is ${project.level}. Ask its administrator, then retry.`,
  };
}

/** The level that the operation needs in the object's state, or the refusal where no level is enough. */
function neededLevel(operation: Operation, described: Described | undefined): Level | Failure {
  // Of what could not be described, the least is assumed: the platform's own refusal says more.
  if (operation.kind === "create" || operation.kind === "clone" || described === undefined) {
    return "UPLOAD";
  }
  const { id, class: objectClass, state } = described;
  const answer =
    objectClass === "project" || isFolderOperation(operation)
      ? projectAnswer(operation.kind, state.project?.facts)
      : lifecycleAnswer(objectClass, state.state, methodOf(operation.kind));
  if (answer.allowed) return answer.level;
  // A refused close may mean that it is done, and closed content may be this one: that is asked about.
  if (operation.kind === "close" || operation.kind === "attach") return "UPLOAD";
  return {
    code: answer.error,
    message: `${operation.kind} is not possible while ${id} is ${state.state}. Discard the change, or save it as a new object.`,
    object: id,
  };
}
