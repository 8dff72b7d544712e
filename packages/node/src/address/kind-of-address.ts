import { embeddedAddress } from "./embedded-address.ts";
import { parseAddress } from "./parse-address.ts";

/** What an address is good for. Only `public` ones lead to a host that anybody can reach. */
export type AddressKind =
  | "public"
  | "loopback"
  | "private"
  | "unspecified"
  | "link-local"
  | "metadata"
  | "multicast"
  | "reserved";

interface Range {
  readonly bytes: readonly number[];
  readonly bits: number;
  readonly kind: AddressKind;
}

const range = (text: string, kind: AddressKind): Range => {
  const [address = "", bits = ""] = text.split("/");
  const bytes = parseAddress(address) ?? [];
  return { bytes, bits: bits === "" ? bytes.length * 8 : Number(bits), kind };
};

/** The first that fits counts. From IANA's registries of special-purpose addresses, and the clouds' own pages. */
const V4: readonly Range[] = [
  // Clouds tell a machine its own credentials here: AWS, Google, Azure and others, AWS's containers, Alibaba, Azure, Oracle.
  range("169.254.169.254", "metadata"),
  range("169.254.170.2", "metadata"),
  range("100.100.100.200", "metadata"),
  range("168.63.129.16", "metadata"),
  range("192.0.0.192", "metadata"),
  range("0.0.0.0/8", "unspecified"),
  range("127.0.0.0/8", "loopback"),
  range("10.0.0.0/8", "private"),
  range("100.64.0.0/10", "private"),
  range("172.16.0.0/12", "private"),
  range("192.168.0.0/16", "private"),
  range("169.254.0.0/16", "link-local"),
  range("192.0.0.0/24", "reserved"),
  range("192.0.2.0/24", "reserved"),
  range("192.88.99.0/24", "reserved"),
  range("198.18.0.0/15", "reserved"),
  range("198.51.100.0/24", "reserved"),
  range("203.0.113.0/24", "reserved"),
  range("224.0.0.0/4", "multicast"),
  range("240.0.0.0/4", "reserved"),
  range("0.0.0.0/0", "public"),
];

const V6: readonly Range[] = [
  // AWS, Google, Scaleway.
  range("fd00:ec2::254", "metadata"),
  range("fd20:ce::254", "metadata"),
  range("fd00:42::42", "metadata"),
  range("::", "unspecified"),
  range("::1", "loopback"),
  range("fc00::/7", "private"),
  range("fec0::/10", "private"),
  // Translation inside one network.
  range("64:ff9b:1::/48", "private"),
  range("fe80::/10", "link-local"),
  range("ff00::/8", "multicast"),
  range("2001::/23", "reserved"),
  range("2001:db8::/32", "reserved"),
  range("3fff::/20", "reserved"),
  range("2000::/3", "public"),
  range("::/0", "reserved"),
];

/**
 * The kind of an IP address as systems write it (`127.0.0.1`, `::1`). An address that carries another one inside (IPv4-mapped,
 * NAT64, 6to4, Teredo, ISATAP) is of that one's kind, unless that one is public. Undefined where the text is no address.
 */
export function kindOfAddress(text: string): AddressKind | undefined {
  const bytes = parseAddress(text);
  return bytes && kindOfBytes(bytes);
}

function kindOfBytes(bytes: readonly number[]): AddressKind {
  const own = (bytes.length === 4 ? V4 : V6).find((one) => isIn(bytes, one))?.kind ?? "reserved";
  // These say all there is to say.
  const isPlain = bytes.length === 4 || ["unspecified", "loopback", "link-local", "metadata"].includes(own);
  const embedded = isPlain ? undefined : embeddedAddress(bytes);
  if (embedded === undefined) return own;
  const inner = kindOfBytes(embedded.address);
  if (inner !== "public") return inner;
  return embedded.isTransparent ? "public" : own;
}

function isIn(bytes: readonly number[], { bytes: start, bits }: Range): boolean {
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : (0xff << (8 - (bits - bit))) & 0xff;
    if (((bytes[bit / 8] ?? 0) & mask) !== ((start[bit / 8] ?? 0) & mask)) return false;
  }
  return true;
}
