import { describeKind } from "@catenary/core";
import { UsageError } from "../command/usage-error.ts";

/** What the command line itself takes out of a configuration, and what it expects there. */
const EXPECTED: Readonly<Record<string, readonly [is: (value: unknown) => boolean, expected: string]>> = {
  port: [(value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535, "a port (0 to 65535)"],
  host: [isText, "an address to listen at"],
  data: [(value) => value === false || isText(value), "a folder, or false to keep nothing"],
  keys: [areTexts, 'a list of texts, such as ["…"]'],
  hosts: [(value) => value === "any" || areTexts(value), 'a list of names, or "any"'],
  origins: [areTexts, 'a list of origins, such as ["https://app.example.com"]'],
};

/** Throws a UsageError. Of what came only the kind is told: it may be a key. */
export function checkConfig(path: string, config: object): void {
  for (const [name, [is, expected]] of Object.entries(EXPECTED)) {
    const value: unknown = Reflect.get(config, name);
    if (value === undefined || is(value)) continue;
    const got = typeof value === "number" ? String(value) : value === "" ? "an empty text" : describeKind(value);
    throw new UsageError(`${path}: \`${name}\` expects ${expected}; got ${got}`);
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
