import { CatenaryError } from "../errors/catenary-error.ts";
import { InputError } from "../errors/input-error.ts";
import { describeKind } from "./describe-kind.ts";
import { suggest } from "./suggest.ts";

/** Refuses options of other names, which would have no effect. Throws an `InputError`. */
export function checkOptionNames(options: object, known: readonly string[], of: string): void {
  const found = unknownName(options, known);
  if (found !== undefined) throw new InputError(`${of} has no option ${found.told}`, { option: found.name });
}

/**
 * For whatever is set up: refuses settings of other names. A misspelt one would have no effect, and what it was to keep apart
 * would not be kept apart.
 *
 * @param of What has the settings, for people, such as `ollama()`.
 * @param known Every setting that there is.
 * @throws CatenaryError `settings_invalid`
 */
export function checkSettingNames<Settings extends object>(
  of: string,
  settings: Settings,
  known: Readonly<Record<KeyOf<Settings>, true>>,
): void {
  const given: unknown = settings;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new CatenaryError("settings_invalid", `${of} expects an object of settings; got ${describeKind(given)}`);
  }
  const found = unknownName(settings, Object.keys(known));
  if (found === undefined) return;
  throw new CatenaryError("settings_invalid", `${of} has no setting ${found.told}`, {
    details: { setting: found.name },
  });
}

/** Of a union the keys of all of its parts. */
type KeyOf<Settings> = Settings extends unknown ? keyof Settings & string : never;

/** The first name that is not known, and what to say of it. */
export function unknownName(
  given: object,
  known: readonly string[],
): { readonly name: string; readonly told: string } | undefined {
  const name = Object.keys(given).find((key) => !known.includes(key));
  if (name === undefined) return undefined;
  const meant = suggest(name, known);
  const advice = meant === undefined ? `; there is ${known.join(", ")}` : `. Did you mean ${meant}?`;
  return { name, told: `\`${name}\`${advice}` };
}
