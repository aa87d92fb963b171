import {
  type Clock,
  type Failure,
  HoldfastError,
  type IdentityRow,
  type Store,
} from "@holdfast/core";

/**
 * Binds a new store to the user and the platform, and checks that an old one is theirs.
 * @throws HoldfastError `PermissionDenied` when it is somebody else's: nobody's changes are sent as another.
 */
export async function bindStore(
  store: Store,
  { host, user }: Pick<IdentityRow, "host" | "user">,
  clock: Clock,
): Promise<void> {
  const found = await store.write<IdentityRow>({
    durability: "strict",
    reads: { meta: ["identity"] },
    decide: (rows) => {
      const bound = rows.meta("identity");
      if (bound !== undefined) return { result: bound };
      const row: IdentityRow = { version: 1, name: "identity", host, user, madeAt: clock.now() };
      return { puts: [{ table: "meta", row }], result: row };
    },
  });
  if (found.host !== host || found.user !== user) throw new HoldfastError(notYours(found));
}

function notYours({ host, user }: IdentityRow): Failure {
  return {
    code: "PermissionDenied",
    message: `This store belongs to ${user} on ${host}; open it as that user, or under another name.`,
  };
}
