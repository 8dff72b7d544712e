import { HttpError } from "../errors/http-error.ts";

/**
 * Refuses a chain that has too many values, before anything of it is looked at: a chain is checked as a whole, in one piece of work in
 * which nobody else is answered.
 */
export function checkChainSize(json: unknown, most: number): void {
  if (countUpTo(json, most) <= most) return;
  throw new HttpError(
    413,
    `a chain may have ${most} values, counting its tasks, their branches and all their fields; this one has more: divide it, or have the server's limits.chainValues raised`,
    { param: "chain" },
  );
}

/** Gives up as soon as there are more. */
function countUpTo(value: unknown, most: number): number {
  if (typeof value !== "object" || value === null) return 1;
  let count = 1;
  for (const item of Object.values(value)) {
    count += countUpTo(item, most - count);
    if (count > most) return count;
  }
  return count;
}
