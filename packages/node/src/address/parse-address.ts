import { isIP } from "node:net";

/** The 4 or 16 bytes of an IP address as systems write it; undefined where the text is none. A zone such as `%eth0` is left out. */
export function parseAddress(text: string): readonly number[] | undefined {
  const address = text.replace(/%.*$/s, "");
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? address.split(".").map(Number) : bytesOfV6(address);
}

/** @param address Well formed. */
function bytesOfV6(address: string): number[] {
  const [before = "", after] = address.split("::");
  const start = bytesOfGroups(before);
  if (after === undefined) return start;
  const end = bytesOfGroups(after);
  return [...start, ...Array<number>(16 - start.length - end.length).fill(0), ...end];
}

function bytesOfGroups(groups: string): number[] {
  if (groups === "") return [];
  return groups.split(":").flatMap((group) => {
    if (group.includes(".")) return group.split(".").map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
