/** An environment variable, where the platform has any; undefined where it is empty. */
export function readEnvironment(name: string): string | undefined {
  // Not every platform has a `process`, and its types are not here.
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  return process?.env?.[name] || undefined;
}
