// Every choice that no source states, in one place, so that it can be corrected in one place. The names in brackets
// are the open points of CS §10, the sections those of DO.

/** The refusal where a caller has no access: for a project it names, and for an object it names (O9). */
export const refusalWithoutAccess = {
  project: "PermissionDenied",
  object: "ResourceNotFound",
} as const;

/** `newFolder` of a folder that is there, without `parents` (O4). */
export const refusalOfExistingFolder = "InvalidState";

/** Cloning a class that lives in one project only: the class is wrong, whatever the state (CS §4). */
export const refusalOfCloningFixedClass = "InvalidType";

/** A nonce answers with the replica for this long after the first call (DO §2 [doc]). */
export const nonceLifetimeMs = 3_600_000;

/** `created` has whole seconds (CS §1.3 [client]). */
export const createdResolutionMs = 1000;

/** `Retry-After` of `/system/comeBackLater`, in seconds (DO §1.2 [client]). */
export const comeBackLaterRetryAfterS = 2;

/** `Retry-After` of a caller who is over its rate, in seconds (CS §8.2 [client]: 20 to 30). */
export const throttledRetryAfterS = 20;

/** Response headers that a script of another origin may read (DO §1.2, CS §7): none is documented. */
export const exposedHeaders: readonly string[] = [];

/** How long a browser may keep the answer to a preflight, in seconds; undefined sends nothing. */
export const preflightMaxAgeS: number | undefined = undefined;

/** No source says whether a preflight is answered 200 or 204. */
export const statusOfPreflight = 204;

/** The most ids, projects or results of one call (DO §1.6, O10). */
export const maxPage = 1000;

/** Objects that one `removeObjects` takes (DO §1.6). */
export const maxRemovedObjects = 10_000;

/** Objects that one `listFolder` answers (DO §1.6). */
export const maxListedObjects = 400_000;

/** What `greet` and `describe` say of the region until regions are modelled. */
export const defaultRegion = "aws:us-east-1";

/** `fileUploadParameters` of an AWS-like region (DO §7.2 [client]). */
export const awsUploadParameters = {
  minimumPartSize: 5_242_880,
  maximumPartSize: 5_368_709_120,
  emptyLastPartAllowed: true,
  maximumNumParts: 10_000,
  maximumFileSize: 5_497_558_138_880,
} as const;

/** The level that tags and properties of a project ask for is CONTRIBUTE (CS §1.2); `newFolder` asks for UPLOAD [doc]. */
export const levelOfNewFolder = "UPLOAD";

/** The wording of `detail` where a close is repeated; nobody may parse it (DO §10). */
export const repeatedCloseDetail = (state: string): string => `The object is already ${state}.`;
