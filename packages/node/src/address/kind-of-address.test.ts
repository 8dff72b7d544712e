import { BlockList } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AddressKind, kindOfAddress } from "./kind-of-address.ts";

const KINDS: Readonly<Record<AddressKind, readonly string[]>> = {
  public: [
    "8.8.8.8",
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "2606:4700::1111",
    "2600::",
  ],
  loopback: [
    "127.0.0.1",
    "127.255.0.3",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
  ],
  private: [
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "fc00::1",
    "fdab::1",
    "fec0::1",
    "::ffff:10.1.2.3",
    "64:ff9b::a00:1",
    "64:ff9b:1::808:808",
    "2002:c0a8:101::5",
    "2001:0:1:2:3:4:f5ff:fffe",
    "2606::5efe:a00:1",
  ],
  unspecified: ["0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0"],
  "link-local": [
    "169.254.0.1",
    "169.254.255.255",
    "fe80::1",
    "fe80::1%eth0",
    "febf::",
    "::ffff:169.254.1.1",
    "64:ff9b::a9fe:101",
    "2002:a9fe:101::",
    "fe80::5efe:808:808",
    "fe80::5efe:a00:1",
  ],
  metadata: [
    "169.254.169.254",
    "169.254.170.2",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "fd00:ec2::254",
    "fd20:ce::254",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "::ffff:0:a9fe:a9fe",
    "::a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "2001:0:1:2:3:4:5601:5601",
    "2606::200:5efe:a9fe:a9fe",
  ],
  multicast: ["224.0.0.1", "239.255.255.255", "ff02::1"],
  reserved: [
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",
    "240.0.0.1",
    "255.255.255.255",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "4000::1",
    "2001::1:1:1:1",
  ],
};

test.for(Object.entries(KINDS).flatMap(([kind, list]) => list.map((address) => [address, kind] as const)))(
  "%s is %s",
  ([address, kind]) => {
    expect(kindOfAddress(address)).toBe(kind);
  },
);

test.for(["", "localhost", "1.2.3", "0x7f.1", "256.1.1.1", "::1::", "[::1]"])("%j is no address", (text) => {
  expect(kindOfAddress(text)).toBeUndefined();
});

const v4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));

test("an address inside another one counts as itself", () => {
  fc.assert(
    fc.property(v4, (bytes) => {
      const [a, b, c, d] = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
      const dotted = bytes.join(".");
      const kind = kindOfAddress(dotted);
      for (const outer of [
        `::ffff:${dotted}`,
        `::ffff:${a}${b}:${c}${d}`,
        `64:ff9b::${a}${b}:${c}${d}`,
        `2002:${a}${b}:${c}${d}::1`,
      ])
        expect(kindOfAddress(outer)).toBe(kind);
    }),
  );
});

test("what Node's own list of these networks holds is not public, and all else of the Internet is", () => {
  const list = new BlockList();
  for (const [net, bits] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
    ["168.63.129.16", 32],
  ] as const)
    list.addSubnet(net, bits);
  const near = fc.oneof(
    v4,
    fc.tuple(fc.constantFrom(10, 100, 127, 169, 172, 192, 198, 203, 224), fc.nat(255), fc.nat(255), fc.nat(255)),
  );
  fc.assert(
    fc.property(near, (bytes) => {
      const dotted = bytes.join(".");
      expect(kindOfAddress(dotted) === "public").toBe(!list.check(dotted));
    }),
    { numRuns: 2_000 },
  );
});
