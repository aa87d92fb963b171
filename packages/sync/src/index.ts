// the engine
export { type Engine, type EngineOptions, openEngine } from "./engine.ts";
export type { EngineContent } from "./engine-content.ts";
export type { AskAboutDetails, OnDetailsConflict } from "./details-conflicts.ts";
export { defaultLimits, type EngineLimits } from "./limits.ts";
export type { AskForToken, TokenQuestion } from "./session.ts";
// the contents on the device
export { collectGarbage, type ContentPorts, makeRoom } from "./contents/keep-house.ts";
// what it says of itself
export type { Block } from "./blocks.ts";
export type { HeldLane } from "./held-back.ts";
export type { EngineCounts, EnginePhase, EngineStatus } from "./status.ts";
// the platform's API
export { type ApiCall, ApiClient, type ApiClientOptions, type Fetch } from "./api-client.ts";
