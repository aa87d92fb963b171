import { notFound } from "../api-error.ts";
import { asSelection, type FieldSelection, selects } from "../input/describe-input.ts";
import { defineRoute, type Route } from "./route.ts";

/** Anybody with an account may ask who somebody is; the handle is the id without `user-` (what `dx whoami` shows). */
export const userDescribe: Route = defineRoute<FieldSelection>({
  subject: "user-xxxx",
  method: "describe",
  parse: (input) => asSelection(input),
  run: (call, selection) => {
    const user = [...call.world.users.values()].find(({ id }) => pathOf(id) === call.subject);
    if (user === undefined) throw notFound(`"${call.subject}"`);
    const { id, name } = user;
    const fields = {
      class: "user",
      handle: id.slice("user-".length),
      first: name,
      last: "",
      middle: "",
      // Whom a project of theirs is billed to where they name nobody (CS §1.2).
      billTo: id,
    };
    const wanted = Object.entries(fields).filter(([field]) => selects(selection, field, true));
    return { id, ...Object.fromEntries(wanted) };
  },
});

/** An id as a path writes it. */
function pathOf(id: string): string {
  return new URL(id, "http://platform.holdfast.invalid/").pathname.slice(1);
}
