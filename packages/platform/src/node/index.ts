export { DiskContent } from "./disk-content.ts";
export { type Server, type ServerOptions, startServer } from "./server.ts";
