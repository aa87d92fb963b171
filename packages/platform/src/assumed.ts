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

/** Objects that one `move` takes (DO §1.6). */
export const maxMovedObjects = 100_000;

/** Objects that one `listFolder` answers (DO §1.6). */
export const maxListedObjects = 400_000;

/** The regions there are, the default first (CS §1.3, and what the official client's tests ask for). */
export const regions: readonly Region[] = ["aws:us-east-1", "azure:westus"];

export type Region = "aws:us-east-1" | "azure:westus";

export const defaultRegion: Region = "aws:us-east-1";

/** Whom a user may bill: itself, and every org, because orgs and their members are not modelled (CS §1.2). */
export const mayBill = (user: string, billTo: string): boolean =>
  billTo === user || billTo.startsWith("org-");

/** An update whose `version` is not the stored one (CS §1.2). */
export const refusalOfOtherVersion = "InvalidState";

/** `containsPHI` cannot be unset (CS §1.4). */
export const refusalOfUnsettingPhi = "InvalidInput";

/** Destroying a project that is `destroyProtected` (CS §1.2): everybody is refused, so no level would do. */
export const refusalOfProtectedDestroy = "InvalidState";

/** A project keeps at least one administrator: the last one neither leaves nor is taken away. */
export const refusalOfLastAdministrator = "InvalidState";

/** Whoever is invited and has an account is a member at once; others are "pending" and no member yet (CS §1.2). */
export const stateOfInvitation = (isKnown: boolean): string => (isKnown ? "accepted" : "pending");

/** `fileUploadParameters` of an AWS-like region (DO §7.2 [client]). */
export const awsUploadParameters = {
  minimumPartSize: 5_242_880,
  maximumPartSize: 5_368_709_120,
  emptyLastPartAllowed: true,
  maximumNumParts: 10_000,
  maximumFileSize: 5_497_558_138_880,
} as const;

/** A folder that would get the path of another one, moved or renamed (CS §2.2). */
export const refusalOfFolderClash = "InvalidState";

/** A clone out of a project with PHI into one without (CS §4). */
export const refusalOfPhiClone = "PermissionDenied";

/** A clone into another region (O12). */
export const refusalOfRegionClone = "InvalidState";

/** `newFolder` asks for UPLOAD [doc]. */
export const levelOfNewFolder = "UPLOAD";

/** Tags and properties of a project (CS §1.2). */
export const levelOfProjectMetadata = "CONTRIBUTE";

/** `fileUploadParameters` of an Azure-like region (DO §7.2 [client]; the figures are old). */
export const azureUploadParameters = {
  minimumPartSize: 1,
  maximumPartSize: 4_194_304,
  emptyLastPartAllowed: false,
  maximumNumParts: 50_000,
  maximumFileSize: 209_715_200_000,
} as const;

export function uploadParametersOf(region: string): UploadParameters {
  return region.startsWith("azure:") ? azureUploadParameters : awsUploadParameters;
}

/** Sizes are bytes. */
export type UploadParameters = Readonly<
  Record<keyof Omit<typeof awsUploadParameters, "emptyLastPartAllowed">, number>
> & { readonly emptyLastPartAllowed: boolean };

/** The wording of `detail` where a close is repeated; nobody may parse it (DO §10). */
export const repeatedCloseDetail = (state: string): string => `The object is already ${state}.`;

/** Time that a file takes to close, and for each whole MiB of it (DO §4.1). */
export const closingMs = 50;
export const closingMsPerMiB = 1;

/** A file that is not closed and rests so long is abandoned [doc], and removed after so long (DO §4.1). */
export const abandonedAfterMs: number = 24 * 3_600_000;
export const removedAfterMs: number = 72 * 3_600_000;

/** How long an upload URL is good (DO §7.3), and a preauthenticated download URL (DO §7.5). */
export const uploadUrlMs = 3_600_000;
export const downloadUrlMs: number = 24 * 3_600_000;

/** In whose name, and under which route, the effect log files what the platform does with files by itself. */
export const ownEffects = {
  user: "user-platform",
  routes: {
    closes: "/file-xxxx/closed",
    rests: "/file-xxxx/abandoned",
    goes: "/file-xxxx/removed",
    travels: "/file-xxxx/archival",
  },
} as const;

/** A project that takes no data from outside, or gives none out (CS §1.4). */
export const refusalOfRestrictedData = "PermissionDenied";

/**
 * Archiving asks for CONTRIBUTE (CS §1.2). How long the content is on its way there, and back by the rate asked for: tests of the
 * official client find a file archived 10 seconds after they asked, and still on its way back after 20 [client].
 */
export const levelOfArchiving = "CONTRIBUTE";
export const archivingMs = 5000;
export const unarchivingMs: Readonly<Record<UnarchivingRate, number>> = {
  Expedited: 5 * 60_000,
  Standard: 5 * 3_600_000,
  Bulk: 12 * 3_600_000,
};

/** A file that `archive` or `unarchive` names and the project does not have: a test of the official client says so. */
export const refusalOfForeignArchive = "InvalidInput";

/** How fast archived content is asked back, as `unarchive` names it (CS §1.2). */
export type UnarchivingRate = "Expedited" | "Standard" | "Bulk";

/** The header that proves a download URL which is not preauthenticated (DO §7.5). */
export const downloadTokenHeader = "x-download-token";

/** Status and code of each refusal of the storage (DO §7.3: the client knows the statuses and some of the codes). */
export const storageRefusals = {
  expired: {
    status: 403,
    code: "AccessDenied",
    message: "Request has expired",
  },
  notSigned: {
    status: 403,
    code: "SignatureDoesNotMatch",
    message: "The request is not what was signed",
  },
  twoProofs: {
    status: 400,
    code: "InvalidArgument",
    message: "A signed URL takes no Authorization",
  },
  denied: { status: 403, code: "AccessDenied", message: "Access denied" },
  badDigest: {
    status: 400,
    code: "BadDigest",
    message: "The content is not that of the announced MD5",
  },
  tooSmall: {
    status: 400,
    code: "EntityTooSmall",
    message: "Less content than announced",
  },
  tooLarge: {
    status: 400,
    code: "EntityTooLarge",
    message: "More content than announced or taken",
  },
  timeout: {
    status: 400,
    code: "RequestTimeout",
    message: "The transfer was too slow",
  },
  /** The file takes no parts any more, or is gone: its URLs are void (CS §3). */
  noUpload: {
    status: 404,
    code: "NoSuchUpload",
    message: "There is no such upload",
  },
  archived: { status: 403, code: "InvalidObjectState", message: "The content is archived" },
  noFile: { status: 404, code: "NoSuchKey", message: "There is no such file" },
  badRange: {
    status: 416,
    code: "InvalidRange",
    message: "The range is beyond the content",
  },
} as const;

/** A workflow is edited by CONTRIBUTE while it is open (CS §1.5), and only at the version that is sent (CS §6). */
export const levelOfWorkflowEdit = "CONTRIBUTE";
export const refusalOfOtherEditVersion = "InvalidState";

/** A cluster does at once what it is told (CS §6): its states in between are not shown. */
export const levelOfClusterOrder = "CONTRIBUTE";
export const clusterPort = 3306;

/** Files of a batch are looked for below the folder, too; what is said of one that lacks an input or has two for one. */
export const batchInputs = {
  recurses: true,
  error: "every input must match exactly one file",
} as const;
