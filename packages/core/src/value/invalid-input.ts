import { InputError } from "../errors/input-error.ts";

/** The error for an input that is not what its type says. `path` is a JSON path from the input's root `$`; the value itself is never quoted. */
export function invalidInput(path: string, expected: string, actual: string): InputError {
  return new InputError(`the input at ${path} must be ${expected}, but it is ${actual}`, { path, expected, actual });
}

/** The path of a property of what stands at `path`. */
export function fieldPath(path: string, key: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
