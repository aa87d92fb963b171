import type { Facts } from "../fact.ts";
import { containerFacts } from "./cs-1-containers.ts";
import { searchFacts } from "./cs-5-search.ts";
import { protocolFacts } from "./do-1-protocol.ts";
import { lifecycleFacts } from "./do-4-lifecycle.ts";
import { contentFacts } from "./do-6-content.ts";

/** The rows of DO and CS, in their order. */
export const facts: Facts = {
  ...protocolFacts,
  ...lifecycleFacts,
  ...contentFacts,
  ...containerFacts,
  ...searchFacts,
};
