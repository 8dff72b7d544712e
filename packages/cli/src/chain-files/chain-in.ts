/** The chain of a request, or what was given, where it is none. */
export function chainIn(content: unknown): unknown {
  if (typeof content !== "object" || content === null) return content;
  const name = Object.keys(content).find((key) => key.toLowerCase() === "chain");
  return name === undefined ? content : Reflect.get(content, name);
}
