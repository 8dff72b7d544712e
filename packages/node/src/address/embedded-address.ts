export interface EmbeddedAddress {
  /** Four bytes. */
  readonly address: readonly number[];
  /** Whether the outer address leads where the inner one does, and nowhere else. */
  readonly isTransparent: boolean;
}

/** The IPv4 address to which packets for an IPv6 address may go, by the ways of going over from one to the other. */
export function embeddedAddress(bytes: readonly number[]): EmbeddedAddress | undefined {
  const starts = (...prefix: readonly number[]) => prefix.every((byte, at) => bytes[at] === byte);
  const zeros = (from: number, to: number) => bytes.slice(from, to).every((byte) => byte === 0);
  const last = bytes.slice(12);

  // IPv4-mapped, ::ffff:0:0/96; translated, ::ffff:0:0:0/96; IPv4-compatible, ::/96.
  if (zeros(0, 10) && bytes[10] === 0xff && bytes[11] === 0xff) return { address: last, isTransparent: true };
  if (zeros(0, 8) && bytes[8] === 0xff && bytes[9] === 0xff && zeros(10, 12))
    return { address: last, isTransparent: true };
  if (zeros(0, 12)) return { address: last, isTransparent: true };
  // NAT64, the well-known prefix and the local one.
  if (starts(0x00, 0x64, 0xff, 0x9b) && zeros(4, 12)) return { address: last, isTransparent: true };
  if (starts(0x00, 0x64, 0xff, 0x9b, 0x00, 0x01)) return { address: last, isTransparent: false };
  // 6to4, 2002::/16.
  if (starts(0x20, 0x02)) return { address: bytes.slice(2, 6), isTransparent: true };
  // Teredo, 2001::/32, keeps the client's address inverted.
  if (starts(0x20, 0x01, 0x00, 0x00)) return { address: last.map((byte) => byte ^ 0xff), isTransparent: false };
  // ISATAP, any prefix and then 0000:5efe or 0200:5efe.
  const isIsatap =
    (bytes[8] === 0x00 || bytes[8] === 0x02) && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe;
  return isIsatap ? { address: last, isTransparent: false } : undefined;
}
