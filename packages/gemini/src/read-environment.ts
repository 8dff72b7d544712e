/** The first of these environment variables that is set, where the platform has any; empty ones count as not set. */
export function readEnvironment(...names: readonly string[]): string | undefined {
  // Not every platform has a `process`, and its types are not here.
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  return names.map((name) => process?.env?.[name]).find((value) => value !== undefined && value !== "");
}
