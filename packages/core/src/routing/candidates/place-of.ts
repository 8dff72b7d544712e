import type { Scope } from "./scopes.ts";

/** For people: the group that a call named, and where it may overflow to. */
export function placeOf(scopes: readonly Scope[]): string {
  const [first, ...overflows] = scopes.map(({ name }) => name ?? "");
  const into = overflows.length === 0 ? "" : ` (with its overflow ${overflows.join(", ")})`;
  return `the group ${first}${into}`;
}

/** Whether a call is held to some groups. */
export function isHeld(scopes: readonly Scope[]): boolean {
  return scopes.length > 0 && scopes.every(({ groups }) => groups !== undefined);
}

/** Names as alternatives. */
export function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(" or ");
}
