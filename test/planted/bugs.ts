import type { PlantedBug } from "./planted-bug.ts";

const core = "packages/core/src";
const sync = "packages/sync/src";

/** All of them, the ones that were asked for first. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: "fence-on-acks-only",
    invariant: 8,
    means: "Strict writes of a sender are accepted after it was replaced.",
    changes: [
      {
        file: `${sync}/term.ts`,
        find: "      return await this.#options.store.write({\n        ...write,\n        fence: this.epoch,",
        replace:
          "      const { fence: _, ...unfenced } = write;\n      return await this.#options.store.write({\n        ...unfenced,\n        ...(write.durability === 'relaxed' ? { fence: this.epoch } : {}),",
      },
    ],
  },
  {
    name: "new-nonce-after-empty-look-up",
    invariant: 2,
    means: "A create that no search shows is planned anew under another nonce.",
    changes: [
      {
        file: `${sync}/doubts.ts`,
        find: 'return mayBeReused ? { kind: "renewed" } : afterNoneFound(refusal);',
        replace: 'return { kind: "renewed" };',
      },
    ],
  },
  {
    name: "nonce-window-by-wall-clock",
    invariant: 2,
    means: "Whether a nonce still counts is told by a clock that a person may set.",
    changes: [
      {
        file: `${core}/outcomes/nonce-window.ts`,
        find: "  if (!isSameProcess && !isServerTimed) return false;",
        replace: "  return now.wallAt - first.wallAt < nonceWindowMs;",
      },
    ],
  },
  {
    name: "relaxed-journal",
    invariant: 2,
    means: "The power can take a journal row along whose request has left.",
    changes: [
      {
        file: `${core}/planning/journal-next.ts`,
        find: '    durability: "strict",',
        replace: '    durability: "relaxed",',
      },
    ],
  },
  {
    name: "recursive-removal",
    invariant: 1,
    means: "A folder is removed with whatever others have put there since.",
    changes: [
      {
        file: `${core}/planning/request-body.ts`,
        find: "JSON.stringify({ folder: effect.folder, force: true })",
        replace: "JSON.stringify({ folder: effect.folder, force: true, recurse: true })",
      },
    ],
  },
  {
    name: "removal-cancels-what-landed",
    invariant: 6,
    means: "A removal that was called while its create was on its way is never sent.",
    changes: [
      {
        file: `${core}/settling/acknowledge.ts`,
        find: 'if (carried.some(({ operation }) => operation.kind === "remove")) return end(state, carried, ack);',
        replace:
          'if (state.lane.some(({ operation }) => operation.kind === "remove")) return end(state, carried, ack);',
      },
    ],
  },
  {
    name: "stale-read-undoes-ack",
    invariant: 4,
    means: "What was described before an ack becomes the base after it.",
    changes: [
      {
        file: `${core}/settling/still-base.ts`,
        find: "  return base !== undefined && equalJson(base as unknown as Json, asked as unknown as Json);",
        replace: "  return base !== undefined;",
      },
      {
        file: `${sync}/shades.ts`,
        find: "        if (lane.outcomes !== outcomes) return;",
        replace: "        void outcomes;",
      },
    ],
  },
  {
    name: "link-of-a-cycle-lost",
    invariant: 1,
    means:
      "What a create has left out is forgotten where a look-up after a crash adopts the object.",
    changes: [
      {
        file: `${core}/settling/acknowledge.ts`,
        find: "if (leaveRemainder(row, state)) continue;",
        replace: 'if (ack.outcome === "acked" && leaveRemainder(row, state)) continue;',
      },
    ],
  },
  {
    name: "any-success-is-believed",
    invariant: 7,
    means: "A 200 of whatever shape counts as done.",
    changes: [
      {
        file: `${core}/outcomes/judge.ts`,
        find: "  const id = isJsonObject(body) ? answeredId(expected, body) : undefined;\n  if (id === undefined || !isJsonObject(body)) return unknown(answer, undefined);",
        replace:
          "  const id = expected.id ?? (isJsonObject(body) ? answeredId(expected, body) : undefined);\n  if (id === undefined) return unknown(answer, undefined);\n  if (!isJsonObject(body)) return { verdict: 'done', id };",
      },
    ],
  },
  {
    name: "order-by-timestamp",
    invariant: 3,
    means: "Operations of a lane are sent in the order of the device's clock.",
    changes: [
      {
        file: `${core}/planning/plan.ts`,
        find: "  const removal = holdsRemoval ? undefined : removalIn(unsent);",
        replace:
          "  unsent.sort((left, right) => left.madeAt - right.madeAt);\n  const removal = holdsRemoval ? undefined : removalIn(unsent);",
      },
    ],
  },
  {
    name: "parked-stops-all",
    invariant: 5,
    means: "Nothing is planned while anything is parked.",
    changes: [
      {
        file: `${sync}/replay.ts`,
        find: "mayPlan: () => this.#isOnline() && !paused$.value,",
        replace: "mayPlan: () => this.#isOnline() && !paused$.value && this.#ledger.parked === 0,",
      },
    ],
  },

  // Thought up by somebody who had not read the simulator.
  {
    name: "lease-not-checked",
    invariant: 8,
    means: "A request leaves without a look at the lease.",
    changes: [
      {
        file: `${sync}/dispatcher.ts`,
        find: "        if (term.mayAct()) {",
        replace: "        if (!term.signal.aborted) {",
      },
    ],
  },
  {
    name: "inherited-is-unsent",
    invariant: 2,
    means: "What an earlier sender journalled is sent at once, as if nobody could have sent it.",
    changes: [
      {
        file: `${sync}/carrier.ts`,
        find: "      inDoubt: options.inherited,",
        replace: "      inDoubt: false,",
      },
      {
        file: `${sync}/carrier.ts`,
        find: "const asksFirst = options.inherited || row.asksFirst === true;",
        replace: "const asksFirst = row.asksFirst === true;",
      },
    ],
  },
  {
    name: "no-shade",
    invariant: 6,
    means: "Nobody watches for what a request brings back that lands after it was given up.",
    changes: [
      {
        file: `${sync}/outcomes.ts`,
        find: 'const late = wasGivenUp && row.nonce === undefined && ending.kind !== "undecidable";',
        replace: "const late = false;",
      },
    ],
  },
  {
    name: "alias-forgotten",
    invariant: 6,
    means: "The real id of a new object is not kept as its alias.",
    changes: [
      {
        file: `${core}/settling/acknowledge.ts`,
        find: '    puts.push({ table: "aliases", row: alias });',
        replace: "    void alias;",
      },
    ],
  },
  {
    name: "close-overtakes-parked-edit",
    invariant: 1,
    means: "An object is closed while an edit of its fixed fields is parked.",
    changes: [
      {
        file: `${core}/planning/plan.ts`,
        find: 'return row.operation.kind === "attach" || (row.parked !== undefined && isFixedFieldEdit(row));',
        replace: 'return row.operation.kind === "attach";',
      },
    ],
  },
  {
    name: "properties-replaced",
    invariant: 1,
    means: "Of two calls that set properties only the second is sent.",
    changes: [
      {
        file: `${core}/planning/merge-operations.ts`,
        find: "properties: { ...earlier.properties, ...later.properties } };",
        replace: "properties: { ...later.properties } };",
      },
    ],
  },
  {
    name: "removed-tags-created",
    invariant: 6,
    means: "Tags that were removed before the create was sent are in it.",
    changes: [
      {
        file: `${core}/planning/merge-operations.ts`,
        find: "return { ...input, tags: difference(input.tags, edit.tags) };",
        replace: "return input;",
      },
    ],
  },
  {
    name: "look-up-of-open-only",
    invariant: 2,
    means: "The look-up by key does not see what was created closed.",
    changes: [
      {
        file: `${sync}/inquiry.ts`,
        find: '          state: "any",',
        replace: '          state: "open",',
      },
    ],
  },
  {
    name: "discard-of-what-is-on-its-way",
    invariant: 6,
    means: "An operation can be discarded while a request that carries it is on its way.",
    changes: [
      {
        file: `${core}/settling/discard.ts`,
        find: "if (row.request !== undefined && row.parked === undefined) return { failure: onItsWay(row) };",
        replace: "void onItsWay;",
      },
    ],
  },
  {
    name: "denied-is-a-bad-token",
    invariant: 5,
    means: "PermissionDenied stops everything until a person signs in again.",
    changes: [
      {
        file: `${core}/outcomes/judge.ts`,
        find: '    case "PermissionDenied":\n    case "ResourceNotFound":',
        replace:
          '    case "PermissionDenied":\n      return { verdict: "needsAuth", reason };\n    case "ResourceNotFound":',
      },
    ],
  },
  {
    name: "server-error-is-a-refusal",
    invariant: 6,
    means: "A request that the server failed on is parked as without effect.",
    changes: [
      {
        file: `${core}/outcomes/judge.ts`,
        find: "  if (answer.status < 400 || (answer.status >= 500 && !isUnavailable)) {\n    return unknown(answer, afterMs);\n  }",
        replace:
          "  if (answer.status < 400) return unknown(answer, afterMs);\n  if (answer.status >= 500 && !isUnavailable) return judgeByType('PermissionDenied', failureOf('PermissionDenied', { envelope, answer, expected }), afterMs);",
      },
    ],
  },
  {
    name: "retried-create-does-not-ask",
    invariant: 2,
    means: "A create that was refused once is sent again without a look for a copy of it.",
    changes: [
      {
        file: `${core}/planning/request-body.ts`,
        find: "    ...(isCreate && planned.operations[0]?.refused === true ? { asksFirst: true } : undefined),\n",
        replace: "",
      },
    ],
  },
  {
    name: "states-go-back",
    invariant: 4,
    means: "A close that is accepted is not known until the object is described.",
    changes: [
      {
        file: `${core}/settling/acknowledge.ts`,
        find: "      : carried.map((row) => row.operation);\n  const context",
        replace:
          "      : carried.map((row) => row.operation).filter(({ kind }) => kind !== 'close');\n  const context",
      },
    ],
  },
  {
    name: "survey-skips",
    invariant: 3,
    means: "A survey takes for done what stands behind something that is not.",
    changes: [
      {
        file: `${sync}/survey-lane.ts`,
        find: 'if (compareToDescribe({ operations: [operation], described, realIdOf }) !== "holds") break;',
        replace:
          'if (compareToDescribe({ operations: [operation], described, realIdOf }) !== "holds") continue;',
      },
    ],
  },
  {
    name: "one-of-those-who-wait",
    invariant: 6,
    means: "Of the lanes that wait for an object only the first goes on.",
    changes: [
      {
        file: `${sync}/lane-board.ts`,
        find: "for (const key of this.#waitingFor.get(awaited) ?? []) this.#enter",
        replace:
          "for (const key of [...(this.#waitingFor.get(awaited) ?? [])].slice(0, 1)) this.#enter",
      },
    ],
  },
  {
    name: "answers-of-others",
    invariant: 2,
    means:
      "Of several keys that are looked up in one call, all are given what was found of the first.",
    changes: [
      {
        file: `${sync}/inquiry.ts`,
        find: 'return creates.map(({ key }) => ({ kind: "found", ids: [...(found.get(key) ?? [])] }));',
        replace:
          'return creates.map(() => ({ kind: "found", ids: [...([...found.values()][0] ?? [])] }));',
      },
    ],
  },
  {
    name: "takeover-keeps-quiet",
    invariant: 6,
    means: "What an earlier sender journalled is left where it is.",
    changes: [
      {
        file: `${sync}/intake.ts`,
        find: "if (operations.some(({ parked }) => parked === undefined)) inherit(row);",
        replace: "if (operations.some(({ parked }) => parked === undefined)) void inherit;",
      },
      {
        file: `${sync}/journaller.ts`,
        find: "          carry(row, { inherited: true });",
        replace: "          void row;",
      },
    ],
  },
];
