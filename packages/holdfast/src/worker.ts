import { serveHost } from "./serve-host.ts";

// The one module with a side effect: from here on the page's messages are answered.
serveHost();
