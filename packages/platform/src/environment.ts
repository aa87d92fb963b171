/** The locks of this origin. A page without a secure context has none, and no service worker either. */
export function originLocks(): LockManager | undefined {
  return "locks" in navigator ? navigator.locks : undefined;
}
