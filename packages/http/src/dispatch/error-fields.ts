/** Which error an answer's body tells of. Its message may quote what a client said. */
export function errorFields(json: unknown): { readonly code?: unknown; readonly param?: unknown } {
  const error: unknown = typeof json === "object" && json !== null && "error" in json ? json.error : undefined;
  if (typeof error !== "object" || error === null) return {};
  return { ...("code" in error && { code: error.code }), ...("param" in error && { param: error.param }) };
}
