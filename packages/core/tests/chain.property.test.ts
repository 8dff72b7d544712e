import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { parseChain } from "../src/chain/parse-chain.ts";
import { encodeChain } from "../src/chain/wire/encode-chain.ts";
import { arbitraryChain } from "./arbitrary-chain.ts";
import { runs, TIMEOUT_MS } from "./property-runs.ts";

vi.setConfig({ testTimeout: TIMEOUT_MS });

test("a chain written as JSON and read again is the same chain, with the same hash and findings", () => {
  fc.assert(
    fc.property(arbitraryChain, (definition) => {
      const first = parseChain(encodeChain(definition));
      const second = parseChain(JSON.parse(JSON.stringify(first.chain)));
      expect(first.chain).toBeDefined();
      expect(second.chain).toEqual(first.chain);
      expect(second.chain?.hash).toBe(first.chain?.hash);
      expect(second.chain?.toJSON()).toEqual(first.chain?.toJSON());
      expect(second.findings).toEqual(first.findings);
      expect({ ...second.chain }).toEqual(definition);
    }),
    runs(100),
  );
});
