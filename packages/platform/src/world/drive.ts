/** Storage of somebody's own at another cloud: no data object, and in no project (CS §6). Its credentials are not kept. */
export interface Drive {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly cloud: DriveCloud;
  readonly isDisabled: boolean;
}

export type DriveCloud = "aws" | "azure";

export const driveClouds: readonly DriveCloud[] = ["aws", "azure"];
