const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** The path of a member: `$.tasks` and `2` give `$.tasks[2]`, `$` and `a b` give `$["a b"]`. */
export function memberPath(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return IDENTIFIER.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
