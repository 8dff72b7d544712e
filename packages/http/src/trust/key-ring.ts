import { CatenaryError } from "@catenary/core";
import { sha256 } from "@noble/hashes/sha2.js";

/** Whether a text is one of the keys. Only digests are kept and compared, each to its end, so that the time it takes tells nothing. */
export type KeyRing = (given: string) => boolean;

/** Undefined where there are no keys. */
export function createKeyRing(keys: readonly string[] | undefined): KeyRing | undefined {
  if (keys === undefined || keys.length === 0) return undefined;
  const digests = keys.map((key, index) => digestOf(readKey(key, index)));
  return (given) => {
    const digest = digestOf(given);
    return digests.reduce((found, known) => areEqual(known, digest) || found, false);
  };
}

/** A key is sent in a header: nothing else can be in it, and blanks at its ends would be lost. */
const SENDABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

function readKey(key: unknown, index: number): string {
  if (typeof key === "string" && SENDABLE.test(key)) return key;
  const got = key === "" ? "an empty one" : typeof key === "string" ? "a text that no header can carry" : typeof key;
  throw new CatenaryError("http_options_invalid", `keys[${index}] expects a text of printable ASCII; got ${got}`);
}

function digestOf(text: string): Uint8Array {
  return sha256(new TextEncoder().encode(text));
}

function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.reduce((difference, byte, index) => difference | (byte ^ (right[index] ?? 0)), 0) === 0;
}
