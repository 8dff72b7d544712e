/** How a secret may be written: plain, inside JSON, in an address, as bytes, and in base64 wherever in the encoded text it stands. */
export function spellingsOf(secret: string): readonly string[] {
  const binary = String.fromCharCode(...new TextEncoder().encode(secret));
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    binary,
    btoa(binary),
    ...[0, 1, 2].flatMap((offset) => insideBase64(binary, offset)),
  ];
}

/** Shorter ones are found in other base64. */
const SHORTEST = 8;

/** What of a secret no neighbour changes, where it begins so many bytes behind a group of three. */
function insideBase64(binary: string, offset: number): readonly string[] {
  const encoded = btoa("\0".repeat(offset) + binary).replace(/=+$/, "");
  const isWhole = (offset + binary.length) % 3 === 0;
  // The first characters, and the last one of a group that is not full, are shared with neighbours.
  const own = encoded.slice(Math.ceil((offset * 8) / 6), isWhole ? undefined : -1);
  return own.length < SHORTEST ? [] : [own];
}
