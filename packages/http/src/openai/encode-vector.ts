/** A vector as clients ask for it: numbers, or 32-bit floats, the lowest byte first, in base64. */
export function encodeVector(vector: readonly number[], format: "float" | "base64"): number[] | string {
  if (format === "float") return [...vector];
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [at, number] of vector.entries()) view.setFloat32(at * 4, number, true);
  let binary = "";
  for (let at = 0; at < view.byteLength; at++) binary += String.fromCharCode(view.getUint8(at));
  return btoa(binary);
}
