import type { Fact, Facts } from "./fact.ts";
import { FactLab, type Ground, NotHere, NotThereYet } from "./fact-lab.ts";

export type Outcome = "passed" | "failed" | "notThere" | "notHere" | "cannot" | "ofClients";

export interface Result {
  readonly id: string;
  readonly fact: Fact;
  readonly outcome: Outcome;
  /** Why it failed, or was not run. */
  readonly reason?: string;
}

export interface RunOptions {
  /** A fresh one for each fact, or always the same. */
  readonly ground: () => Promise<Ground> | Ground;
  readonly destructive?: boolean;
  /** Part of the names that facts make up, where earlier runs may have left theirs. */
  readonly run?: string;
  /** Default 60 s for each fact: a call that hangs is a failure. */
  readonly deadlineMs?: number;
}

export async function runFact(id: string, fact: Fact, options: RunOptions): Promise<Result> {
  if ("cannot" in fact) return { id, fact, outcome: "cannot", reason: fact.cannot };
  if ("ofClients" in fact) return { id, fact, outcome: "ofClients", reason: fact.ofClients };
  if (fact.destructive === true && options.destructive === false) {
    return { id, fact, outcome: "notHere", reason: "destructive: ask for it with --destructive" };
  }
  const lab = new FactLab(await options.ground(), `${options.run ?? ""}${id}-`);
  try {
    await withDeadline(fact.check(lab), options.deadlineMs ?? 60_000);
    return { id, fact, outcome: "passed" };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof NotThereYet) return { id, fact, outcome: "notThere", reason };
    if (error instanceof NotHere) return { id, fact, outcome: "notHere", reason };
    return { id, fact, outcome: "failed", reason };
  } finally {
    await lab.cleanUp();
  }
}

export async function runFacts(facts: Facts, options: RunOptions): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const [id, fact] of Object.entries(facts)) results.push(await runFact(id, fact, options));
  return results;
}

async function withDeadline(check: Promise<void>, ms: number): Promise<void> {
  let handle: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    handle = setTimeout(() => reject(new Error(`no end after ${ms} ms`)), ms);
  });
  try {
    await Promise.race([check, late]);
  } finally {
    clearTimeout(handle);
  }
}
