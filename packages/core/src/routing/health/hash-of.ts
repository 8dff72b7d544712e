/** A text as a whole number below 2^32, spread evenly, and the same in every process. */
export function hashOf(text: string): number {
  // FNV-1a.
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

/** Two hashes as one. */
export function mixHashes(a: number, b: number): number {
  return mixed(a ^ Math.imul(b, 0x9e3779b1));
}

/** Lets every bit depend on all, as the end of MurmurHash3 does. */
function mixed(hash: number): number {
  let bits = hash;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
