import type { Json } from "@holdfast/core";
import type { Creation, CreationInput } from "./creation.ts";

/** A stage of a new workflow; what its executable is and takes, only the platform can judge. */
export interface StageInput {
  /** Default: drawn by the platform. */
  readonly id?: string;
  /** The id of an applet, app or workflow. */
  readonly executable: string;
  readonly name?: string | null;
  readonly folder?: string | null;
  readonly input?: { readonly [name: string]: Json };
  readonly executionPolicy?: { readonly [name: string]: Json };
  readonly systemRequirements?: { readonly [name: string]: Json };
}

/** One input or output of a workflow. */
export interface ParameterInput {
  readonly name: string;
  readonly class: string;
  readonly [field: string]: Json;
}

/** Input of `/workflow/new` (CS §6). A workflow is born open. */
export interface WorkflowInput extends CreationInput {
  readonly title?: string | null;
  readonly summary?: string;
  readonly description?: string;
  readonly stages?: readonly StageInput[];
  readonly inputs?: readonly ParameterInput[] | null;
  readonly outputs?: readonly ParameterInput[] | null;
  readonly outputFolder?: string | null;
  /** A workflow that gives what is not given here, its own fields too; asked about as for records. */
  readonly initializeFrom?: { readonly project: string; readonly id: string };
}

export type Workflows = Creation<WorkflowInput>;
