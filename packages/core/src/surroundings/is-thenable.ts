/** Whether something can be waited for. Not by its class: promises also come from other realms, libraries and databases' clients. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  return "then" in value && typeof value.then === "function";
}
