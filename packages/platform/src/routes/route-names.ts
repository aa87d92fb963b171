import { routes } from "./table.ts";

/** The methods that are answered, as the documentation writes them: `/record-xxxx/close`. */
export const routeNames: readonly string[] = routes.map(
  ({ subject, method }) => `/${subject}/${method}`,
);
