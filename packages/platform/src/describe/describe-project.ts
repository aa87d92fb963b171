import { uploadParametersOf } from "../assumed.ts";
import { type FieldSelection, selects } from "../input/describe-input.ts";
import type { Output } from "../json/json-writer.ts";
import type { Level } from "../levels.ts";
import type { Project } from "../world/project.ts";
import { sortedEntries } from "../world/world.ts";

interface Field {
  readonly isDefault: boolean;
  /** Undefined leaves the field out. */
  readonly read: (project: Project, level: Level) => Output | undefined;
}

const always = (read: Field["read"]): Field => ({ isDefault: true, read });
const onRequest = (read: Field["read"]): Field => ({ isDefault: false, read });

const ofContainer = (read: Field["read"]): Field => ({
  isDefault: true,
  read: (project, level) =>
    project.id.startsWith("container-") ? read(project, level) : undefined,
});

/** What a project describes itself by (CS §1.3), in the order of the answer. */
const fields: Readonly<Record<string, Field>> = {
  name: always((project) => project.settings.name),
  class: always((project) => project.id.slice(0, project.id.indexOf("-"))),
  created: always((project) => project.created),
  modified: always((project) => project.modified),
  billTo: always((project) => project.settings.billTo),
  cloudAccount: always(() => "cloudaccount-reference"),
  level: always((_, level) => level),
  dataUsage: always(() => 0),
  sponsoredDataUsage: always(() => 0),
  remoteDataUsage: always(() => 0),
  archivedDataUsage: always(() => 0),
  region: always((project) => project.settings.region),
  summary: always((project) => project.settings.summary),
  description: always((project) => project.settings.description),
  protected: always((project) => project.settings.protected),
  restricted: always((project) => project.settings.restricted),
  downloadRestricted: always((project) => project.settings.downloadRestricted),
  externalUploadRestricted: always((project) => project.settings.externalUploadRestricted),
  previewViewerRestricted: always((project) => project.settings.previewViewerRestricted),
  displayDataProtectionNotice: always(() => false),
  databaseUIViewOnly: always((project) => project.settings.databaseUIViewOnly),
  databaseResultsRestricted: always((project) => project.settings.databaseResultsRestricted),
  allowedExecutables: always((project) => project.settings.allowedExecutables),
  containsPHI: always((project) => project.settings.containsPHI),
  createdBy: always((project) => ({ user: project.createdBy })),
  version: always((project) => project.version),
  pendingTransfer: always(() => null),
  tags: always((project) => project.settings.tags),
  defaultInstanceType: always(() => "mem1_ssd1_v2_x4"),
  totalSponsoredEgressBytes: always(() => 0),
  consumedSponsoredEgressBytes: always(() => 0),
  atSpendingLimit: always(() => false),
  provider: always(() => null),
  // Among the defaults: the official client's own tests read it from a plain describe.
  storageCost: always(() => 0),
  properties: onRequest((project) => sortedEntries(project.settings.properties)),
  // Who else is a member is an administrator's to know (CS §1.3).
  permissions: onRequest((project, level) =>
    level === "ADMINISTER" ? sortedEntries(project.permissions) : undefined,
  ),
  folders: onRequest((project) => project.folders.all()),
  objects: onRequest((project) => project.index.size),
  fileUploadParameters: onRequest((project) => uploadParametersOf(project.settings.region)),
  destroyProtected: onRequest((project) => project.settings.destroyProtected),
  httpsAppIsolatedBrowsing: onRequest((project) => project.settings.httpsAppIsolatedBrowsing),
  httpsAppIsolatedBrowsingOptions: onRequest(
    (project) => project.settings.httpsAppIsolatedBrowsingOptions as Output,
  ),
  defaultSymlink: onRequest((project) => project.settings.defaultSymlink as Output),
  drive: onRequest((project) => project.settings.drive),
  monthlyComputeLimit: onRequest((project) => project.settings.monthlyComputeLimit),
  monthlyEgressBytesLimit: onRequest((project) => project.settings.monthlyEgressBytesLimit),
  // What only a container made by the system has (CS §1.1).
  type: ofContainer(() => "job"),
  project: ofContainer(() => null),
  destroyAt: ofContainer(() => null),
  app: ofContainer(() => null),
  appName: ofContainer(() => null),
};

export function describeProject(project: Project, level: Level, selection: FieldSelection): Output {
  const answer: Record<string, Output | undefined> = { id: project.id };
  for (const [name, field] of Object.entries(fields)) {
    if (selects(selection, name, field.isDefault)) answer[name] = field.read(project, level);
  }
  return answer;
}
