import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryChain } from "../../../tests/arbitrary-chain.ts";
import { hashChain } from "../hash-chain.ts";
import { parseChain } from "../parse-chain.ts";
import { decodeChain } from "./decode-chain.ts";
import { encodeChain } from "./encode-chain.ts";

describe("encodeChain", () => {
  test("gives JSON that decodes to the same definition", () => {
    fc.assert(
      fc.property(arbitraryChain, (definition) => {
        const text = JSON.stringify(encodeChain(definition));
        expect(decodeChain(JSON.parse(text)).definition).toStrictEqual(definition);
      }),
    );
  });

  test("gives JSON that parses without an error", () => {
    fc.assert(
      fc.property(arbitraryChain, (definition) => {
        const { chain, findings } = parseChain(encodeChain(definition));
        expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(chain?.toJSON()).toEqual(encodeChain(definition));
        expect(chain?.hash).toBe(hashChain(definition));
      }),
    );
  });

  test("writes the fields that contenox/runtime always writes, and only those", () => {
    expect(encodeChain({ id: "c", tasks: [{ id: "a", handler: "noop", transition: { branches: [] } }] })).toEqual({
      id: "c",
      debug: false,
      description: "",
      tasks: [
        {
          id: "a",
          description: "",
          handler: "noop",
          prompt_template: "",
          transition: { on_failure: "", branches: [] },
        },
      ],
      token_limit: 0,
    });
  });

  test("keeps blocks that are there but empty", () => {
    const task = { id: "a", handler: "noop", execute_config: {}, hook: {}, compose: {} };
    const { definition } = decodeChain({ id: "c", tasks: [task] });
    const written = definition && encodeChain(definition).tasks;
    expect(written).toMatchObject([{ execute_config: { model: "" }, hook: { name: "", args: null }, compose: {} }]);
    expect(written).not.toMatchObject([{ compose: { with_var: expect.anything() } }]);
  });

  test("writes unknown fields back where they came from", () => {
    const chain = {
      id: "c",
      tasks: [
        {
          id: "a",
          handler: "noop",
          hook: { name: "h", args: null, tool_name: "t" },
          execute_config: { model: "", retry_policy: { max_attempts: 3 } },
          transition: {
            on_failure: "",
            branches: [{ operator: "default", when: "", goto: "end", edge: 1 }],
            macro: [],
          },
        },
      ],
      version: 2,
    };
    const { definition } = decodeChain(chain);
    expect(definition && encodeChain(definition)).toMatchObject(chain);
  });

  test("does not let an unknown field take the place of a known one", () => {
    const written = encodeChain({ id: "c", tasks: [], extra: { id: "other", note: 1 } });
    expect(written).toMatchObject({ id: "c", note: 1 });
  });
});
