import { isPlatformErrorType } from "@holdfast/core";
import { Place } from "../world/world-reader.ts";
import { type Fault, type FaultKind, type FaultName, faultKinds } from "./fault.ts";
import type { FaultRate } from "./faults.ts";

/** What goes wrong from the start, as a file says it. */
export interface FaultsFile {
  readonly next: readonly NextFault[];
  readonly rates: readonly FaultRate[];
}

export interface NextFault {
  readonly on: string;
  readonly fault: Fault | FaultName;
  readonly times: number;
}

type Check = (place: Place) => unknown;

const anything: Check = () => {};
const text: Check = (place) => place.string();
const flag: Check = (place) => place.boolean();
const duration: Check = (place) => place.integer();
const status: Check = (place) => {
  const value = place.integer();
  if (value < 400 || value > 599) throw place.problem("must be a status from 400 to 599");
};

interface Field {
  readonly check: Check;
  readonly isRequired?: true;
}

/** What each kind takes beside its name. */
const fields: Readonly<Record<FaultKind, Readonly<Record<string, Field>>>> = {
  latency: { ms: { check: duration, isRequired: true }, maxMs: { check: duration } },
  refuse: {
    error: { check: errorType, isRequired: true },
    message: { check: text },
    details: { check: anything },
    status: { check: status },
  },
  cutBeforeEffect: {},
  cutAfterEffect: {},
  late: {
    afterMs: { check: duration, isRequired: true },
    caller: { check: (place) => place.oneOf(["cut", "hangs"]) },
  },
  double: { afterMs: { check: duration } },
  truncate: { silent: { check: flag } },
  throttle: {
    status: { check: throttleStatus },
    retryAfterS: { check: duration },
    asDate: { check: flag },
  },
  garbage: { status: { check: status }, afterEffect: { check: flag } },
  skew: { ms: { check: signed, isRequired: true } },
  searchLag: { ms: { check: duration, isRequired: true } },
  staleUrl: {},
  slowTransfer: {},
};

/**
 * Reads faults that nobody vouches for: `{"next": [{"on", "fault", "times"?}], "rates": [{"rate", "fault", "on"?}]}`,
 * where a fault is its kind or a hash with `kind`.
 *
 * @throws WorldFileError naming the path of the first thing that cannot be.
 */
export function readFaults(file: unknown): FaultsFile {
  const root = new Place(file, "faults");
  refuseStrangers(root, ["next", "rates"]);
  return {
    next: listAt(root, "next").map((place) => {
      refuseStrangers(place, ["on", "fault", "times"]);
      const times = isGiven(place, "times") ? place.at("times").integer() : 1;
      return { on: place.at("on").string(), fault: readFault(place.at("fault")), times };
    }),
    rates: listAt(root, "rates").map((place) => {
      refuseStrangers(place, ["rate", "fault", "on"]);
      return {
        rate: share(place.at("rate")),
        fault: readFault(place.at("fault")),
        ...(isGiven(place, "on") ? { on: place.at("on").string() } : {}),
      };
    }),
  };
}

function readFault(place: Place): Fault | FaultName {
  if (typeof place.value === "string") return place.oneOf(faultKinds);
  const kind = place.at("kind").oneOf(faultKinds);
  refuseStrangers(place, ["kind", ...Object.keys(fields[kind])]);
  for (const [name, { check, isRequired }] of Object.entries(fields[kind])) {
    if (isRequired === true || isGiven(place, name)) check(place.at(name));
  }
  return place.value as Fault;
}

function listAt(place: Place, key: string): readonly Place[] {
  return isGiven(place, key) ? place.at(key).items() : [];
}

function isGiven(place: Place, key: string): boolean {
  return place.members().some(([name]) => name === key);
}

function refuseStrangers(place: Place, known: readonly string[]): void {
  for (const [name, member] of place.members()) {
    if (!known.includes(name)) throw member.problem(`is not known; there is ${known.join(", ")}`);
  }
}

function share(place: Place): number {
  const { value } = place;
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw place.problem("must be a number from 0 to 1");
}

function signed(place: Place): void {
  if (!Number.isSafeInteger(place.value)) throw place.problem("must be a whole number");
}

function errorType(place: Place): void {
  if (!isPlatformErrorType(place.string())) throw place.problem("is no type of an error");
}

function throttleStatus(place: Place): void {
  if (place.value !== 429 && place.value !== 503) throw place.problem("must be 429 or 503");
}
