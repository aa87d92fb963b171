import type { ObjectId, ProjectId, RowClass } from "../ids.ts";
import type { RequestMethod } from "./plan.ts";

/** What an answer to a journalled request must look like to be believed. */
export interface Expectation {
  readonly method: RequestMethod;
  /** Of a create: the class of the id answered. */
  readonly class: RowClass;
  /** Of everything else: the object it is about, and the id answered unless the call is one of a container. */
  readonly id?: ObjectId;
  /** Of a call of a container: its id, which is the one answered. */
  readonly container?: ProjectId;
}
