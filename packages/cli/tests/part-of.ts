/** What stands under these names and numbers, one inside the other; undefined where an answer has no such place. */
export function partOf(body: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce((part, step) => (part instanceof Object ? Reflect.get(part, step) : undefined), body);
}
