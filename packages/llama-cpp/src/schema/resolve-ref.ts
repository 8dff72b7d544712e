import { BrokenSchema } from "./schema-error.ts";

/**
 * What a `$ref` leads to inside its own schema.
 *
 * @throws BrokenSchema where it leads elsewhere, or nowhere.
 */
export function resolveRef(root: unknown, ref: unknown, path: string): unknown {
  if (typeof ref !== "string" || !/^#(?:$|\/)/.test(ref)) {
    throw new BrokenSchema(
      path,
      `refers to ${JSON.stringify(ref)}: only references inside it can be followed, such as #/$defs/name`,
    );
  }
  const names = ref.slice(1).split("/").slice(1).map(unescapeName);
  return names.reduce<unknown>((found, name) => {
    const isThere = typeof found === "object" && found !== null && Object.hasOwn(found, name);
    if (!isThere) throw new BrokenSchema(path, `refers to ${ref}, which is not there`);
    // Safe: it has the property.
    return (found as Readonly<Record<string, unknown>>)[name];
  }, root);
}

const unescapeName = (name: string) => decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
