/** Whether `fetch` sends a body with a method. */
export function carriesBody(method: string): boolean {
  return !["GET", "HEAD"].includes(method.toUpperCase());
}
