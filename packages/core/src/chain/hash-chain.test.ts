import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import type { ChainDefinition } from "./chain.ts";
import { hashChain } from "./hash-chain.ts";
import { parseChain } from "./parse-chain.ts";

const chain: ChainDefinition = { id: "c", tasks: [{ id: "a", handler: "noop", transition: { branches: [] } }] };

test("canonical JSON has the members of every object in the order of their names", () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: "é\n", "": true })).toBe(
    '{"":true,"a":"é\\n","b":[{"c":null,"d":1}]}',
  );
});

test("the hash is the SHA-256 of the canonical JSON", async () => {
  const text =
    '{"debug":false,"description":"","id":"c","tasks":[{"description":"","handler":"noop","id":"a","prompt_template":"","transition":{"branches":[],"on_failure":""}}],"token_limit":0}';
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  expect(hashChain(chain)).toBe(hex);
});

test("chains that say the same have the same hash, however they are spelled", () => {
  const wire = parseChain({ id: "c", tasks: [{ handler: "noop", id: "a", prompt_template: "", debug: undefined }] });
  const camel = parseChain({
    TASKS: [{ id: "a", handler: "noop", transition: { branches: null } }],
    id: "c",
    tokenLimit: 0,
  });
  expect(wire.chain?.hash).toBe(hashChain(chain));
  expect(camel.chain?.hash).toBe(hashChain(chain));
});

test("chains that differ in a field that nobody knows have different hashes", () => {
  const { chain: other } = parseChain({ id: "c", tasks: [{ id: "a", handler: "noop", later: 1 }] });
  expect(other?.hash).not.toBe(hashChain(chain));
});
