/** How a body is written. */
export type BodyForm = "json" | "yaml" | "yaml-base64";

export const BODY_TYPES: readonly { readonly type: string; readonly form: BodyForm }[] = [
  { type: "application/json", form: "json" },
  { type: "application/yaml", form: "yaml" },
  { type: "text/yaml", form: "yaml" },
  { type: "application/x-yaml", form: "yaml" },
  { type: "application/x-yaml-base64", form: "yaml-base64" },
];

const FORMS: ReadonlyMap<string, BodyForm> = new Map(BODY_TYPES.map(({ type, form }) => [type, form]));

/** Bodies are read as UTF-8, of which ASCII is a part. */
const UTF8: ReadonlySet<string> = new Set(["utf-8", "utf8", "us-ascii"]);

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const TYPE = new RegExp(`^\\s*(${TOKEN}/${TOKEN})\\s*(?:;(.*))?$`, "s");
const PARAMETER = new RegExp(`^\\s*(${TOKEN})\\s*=\\s*(?:(${TOKEN})|"((?:[^"\\\\]|\\\\.)*)")\\s*$`, "s");

/** Nothing said means JSON. Undefined where it is another type, or none at all. */
export function bodyFormOf(contentType: string | undefined): BodyForm | undefined {
  if (contentType === undefined || contentType === "") return "json";
  const [, type = "", rest] = TYPE.exec(contentType) ?? [];
  const form = FORMS.get(type.toLowerCase());
  if (form === undefined) return undefined;
  const parameters = readParameters(rest);
  if (parameters === undefined || !UTF8.has(parameters.get("charset") ?? "utf-8")) return undefined;
  return form === "yaml" && parameters.get("encoding") === "base64" ? "yaml-base64" : form;
}

function readParameters(text: string | undefined): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const part of (text ?? "").split(";")) {
    if (part.trim() === "") continue;
    const found = PARAMETER.exec(part);
    if (found === null) return undefined;
    parameters.set((found[1] ?? "").toLowerCase(), (found[2] ?? found[3] ?? "").toLowerCase());
  }
  return parameters;
}
