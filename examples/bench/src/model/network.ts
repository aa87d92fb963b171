/** How the network between this browser and the platform behaves. */
export type Network = "online" | "flaky" | "offline";

export const networks: readonly Network[] = ["online", "flaky", "offline"];
