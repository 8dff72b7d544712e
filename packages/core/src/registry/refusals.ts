import { RegistryError, type RegistryErrorCode } from "../errors/registry-error.ts";
import { describeKind } from "../value/describe-kind.ts";
import { suggest } from "../value/suggest.ts";

// What a registry of a noun says to what it cannot do.

/** Nobody has this id, which may be of any type where no compiler looked; `known` are those that somebody has. */
export function idUnknown(noun: string, id: string, known: readonly string[]): RegistryError {
  const isText = typeof id === "string";
  const meant = isText ? suggest(id, known) : undefined;
  const there = known.length === 0 ? `there is no ${noun} at all` : `there are: ${known.join(", ")}`;
  return refusal(
    "not_found",
    noun,
    id,
    `no ${noun} has the id ${isText ? JSON.stringify(id) : describeKind(id)}; ${there}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
  );
}

export function idTaken(noun: string, id: string): RegistryError {
  const message = `there is a ${noun} with the id ${JSON.stringify(id)} already: update it, or choose another id`;
  return refusal("already_exists", noun, id, message);
}

/** `got` says what stands where an id was expected. */
export function idMissing(noun: string, got: string): RegistryError {
  return refusal("invalid_entry", noun, "", `a ${noun} needs an id, a string that is not empty; got ${got}`);
}

export function idFixed(noun: string, id: string, newId: string): RegistryError {
  const message = `the ${noun} ${id} cannot become ${newId}: delete it and create the other`;
  return refusal("invalid_entry", noun, id, message);
}

export function isInternal(noun: string, id: string): RegistryError {
  const message = `the ${noun} ${id} is internal and always there: update it instead`;
  return refusal("internal_entry", noun, id, message);
}

export function originUnknown(noun: string, id: string, origin: unknown): RegistryError {
  const got = typeof origin === "string" ? JSON.stringify(origin) : describeKind(origin);
  const message = `the options expect { origin: "code" | "record" }; got ${got}`;
  return refusal("invalid_entry", noun, id, message);
}

export function isNoRecord(noun: string, id: string): RegistryError {
  const message = `the ${noun} ${id} cannot be kept as a record: it is made of code. Give it to createRuntime, or leave the origin out`;
  return refusal("invalid_entry", noun, id, message);
}

function refusal(code: RegistryErrorCode, noun: string, id: string, message: string): RegistryError {
  return new RegistryError(code, message, { noun, id });
}
