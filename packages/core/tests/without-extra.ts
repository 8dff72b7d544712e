/** Code cannot write fields that nobody knows. */
export function withoutExtra<T>(value: T): T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== "extra");
  // Safe: only a member that every such type may lack is left out.
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutExtra(member)])) as T;
}
