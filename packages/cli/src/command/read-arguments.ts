import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { suggest } from "@catenary/core";
import { UsageError } from "./usage-error.ts";

export interface Arguments {
  /** What was given for a flag that takes a text. The last one counts. */
  text(name: string): string | undefined;
  /** Everything that was given for a flag that may be repeated. */
  texts(name: string): readonly string[];
  isSet(name: string): boolean;
  readonly positionals: readonly string[];
}

/** Reads what stands behind a command. `--` ends the flags. Throws a UsageError for a flag that there is not. */
export function readArguments(args: readonly string[], flags: ParseArgsOptionsConfig, positionals: number): Arguments {
  const parsed = parse(args, flags);
  if (parsed.positionals.length > positionals) {
    throw new UsageError(
      `nothing is expected behind ${parsed.positionals[positionals - 1] ?? "the command"} but flags; got ${parsed.positionals[positionals]}`,
    );
  }
  const given = (name: string): unknown => Reflect.get(parsed.values, name);
  return {
    text: (name) => {
      const value = given(name);
      return typeof value === "string" ? value : undefined;
    },
    texts: (name) => {
      const value = given(name);
      return Array.isArray(value) ? value.map(String) : [];
    },
    isSet: (name) => given(name) === true,
    positionals: parsed.positionals,
  };
}

function parse(args: readonly string[], flags: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true });
  } catch (error) {
    const unknown = args.find((arg) => /^--?[^-]/.test(arg) && !isFlag(arg, flags));
    if (unknown === undefined) throw new UsageError(error instanceof Error ? error.message : String(error));
    const name = nameOf(unknown);
    const names = Object.keys(flags);
    const meant = suggest(name, names);
    const known =
      names.length === 0 ? "this command has none" : `there are: ${names.map((flag) => `--${flag}`).join(", ")}`;
    throw new UsageError(
      `there is no flag ${unknown.split("=", 1)[0]}; ${known}${meant === undefined ? "" : `. Did you mean --${meant}?`}`,
    );
  }
}

function isFlag(arg: string, flags: ParseArgsOptionsConfig): boolean {
  const name = nameOf(arg);
  return Object.entries(flags).some(([flag, { short }]) => flag === name || (short !== undefined && short === name));
}

function nameOf(arg: string): string {
  return arg.replace(/^--?/, "").split("=", 1)[0] ?? "";
}
