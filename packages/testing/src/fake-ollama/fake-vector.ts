import { hash } from "./fake-digest.ts";

/** A vector of length 1 that depends on `text` alone. */
export function fakeVector(text: string, length: number): number[] {
  const raw = Array.from({ length }, (_, index) => hash(`${index}|${text}`) / 2 ** 31 - 1);
  const norm = Math.hypot(...raw) || 1;
  return raw.map((value) => Math.fround(value / norm));
}
