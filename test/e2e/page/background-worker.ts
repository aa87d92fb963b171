import { serveBackground } from "holdfast/service-worker";

// The app's own service worker. Its means to a token is, in a test, its address; without one it has no function for it.
const token = new URL(location.href).searchParams.get("token");

addEventListener("install", () => {
  void (globalThis as unknown as { skipWaiting(): Promise<void> }).skipWaiting();
});

serveBackground({
  replay: { requestsPerSecond: "unlimited" },
  ...(token === null ? {} : { token: () => token }),
});
