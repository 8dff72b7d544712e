import { problemOf } from "../body/problem-of.ts";
import type { Call } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import type { Route } from "../route.ts";

/** Refuses a query that the route's schema excludes. What is empty counts as left out, and parameters that nobody knows pass. */
export function checkQuery({ query: given }: Call, { query: schema }: Pick<Route, "query">): void {
  if (schema === undefined || given.size === 0) return;
  const named = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, given.get(name) || undefined]));
  const checked = schema.safeParse(named);
  if (checked.success) return;
  const { field, text } = problemOf(checked.error.issues, named);
  throw new HttpError(422, `the query's ${field} ${text}`, { param: field });
}
