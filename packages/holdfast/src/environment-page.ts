/** What the page itself takes from its environment, clocks aside. */
export function pageLocks(): LockManager {
  return navigator.locks;
}

export function uniqueText(): string {
  return crypto.randomUUID();
}
