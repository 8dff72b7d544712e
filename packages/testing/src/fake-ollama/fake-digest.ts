/** 64 hexadecimal digits that look like a digest and depend on `text` alone. */
export function fakeDigest(text: string): string {
  let digest = "";
  for (let part = 0; part < 8; part++) digest += hash(`${part}:${text}`).toString(16).padStart(8, "0");
  return digest;
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}
