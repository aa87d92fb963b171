import type { FactLab } from "./fact-lab.ts";

/** How sure a row of the source is: documented, seen in a client, or chosen where no source says anything. */
export type Mark = "doc" | "client" | "assumed";

/** One row of a table (or one sentence) of DO or CS, in our own words. Its id is the section and the row: `DO-4.4-03`. */
export type Fact = {
  readonly mark: Mark;
  readonly says: string;
  /** Takes away something that the account had before; not run against a foreign platform unless asked for. */
  readonly destructive?: true;
} & (
  | { readonly check: (lab: FactLab) => Promise<void> }
  /** Why no test can show it. */
  | { readonly cannot: string }
  /** It says what a client does, or what to do with the rows before it: the platform can neither keep nor break it. */
  | { readonly ofClients: string }
);

export type Facts = Readonly<Record<string, Fact>>;

type Check = (lab: FactLab) => Promise<void>;

export const doc = (says: string, check: Check): Fact => ({ mark: "doc", says, check });
export const client = (says: string, check: Check): Fact => ({ mark: "client", says, check });
export const assumed = (says: string, check: Check): Fact => ({ mark: "assumed", says, check });

export const cannot = (mark: Mark, says: string, why: string): Fact => ({
  mark,
  says,
  cannot: why,
});

export const ofClients = (mark: Mark, says: string): Fact => ({
  mark,
  says,
  ofClients: "says what clients do, not what the platform does",
});

export const destructive = (fact: Fact): Fact => ({ ...fact, destructive: true });
