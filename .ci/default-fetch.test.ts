import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listPackages, ROOT } from "./source-files.ts";

// Adapters send through @catenary/node under Node, and nowhere else: a page, a worker, Bun and Deno have no use for it.

type Conditions = string | { readonly [condition: string]: Conditions };

const PLATFORMS: Readonly<Record<string, { readonly conditions: readonly string[]; readonly isNode: boolean }>> = {
  Node: { conditions: ["node", "import", "node-addons", "module-sync"], isNode: true },
  "a bundler for Node": { conditions: ["node", "import", "module"], isNode: true },
  Bun: { conditions: ["bun", "node", "import"], isNode: false },
  Deno: { conditions: ["deno", "node", "import"], isNode: false },
  "a bundler for pages": { conditions: ["browser", "import", "module"], isNode: false },
  "Cloudflare's workers": { conditions: ["workerd", "worker", "browser", "import"], isNode: false },
  "Cloudflare's workers with Node's modules": {
    conditions: ["workerd", "worker", "browser", "node", "import"],
    isNode: false,
  },
  "Vercel's edge": { conditions: ["edge-light", "import"], isNode: false },
  "anything else": { conditions: [], isNode: false },
};

const adapters = listPackages(ROOT).flatMap((name) => {
  const { imports } = JSON.parse(readFileSync(join(ROOT, "packages", name, "package.json"), "utf8"));
  const target: Conditions | undefined = imports?.["#default-fetch"];
  return target === undefined ? [] : [{ name, target }];
});

test("adapters that talk to servers have a default of their own", () => {
  expect(adapters.map(({ name }) => name)).toEqual(expect.arrayContaining(["ollama", "openai"]));
});

test.for(adapters.flatMap((adapter) => Object.keys(PLATFORMS).map((platform) => ({ ...adapter, platform }))))(
  "$name sends through the right transport on $platform",
  ({ name, target, platform }) => {
    const { conditions = [], isNode = false } = PLATFORMS[platform] ?? {};
    const file = isNode ? "default-fetch.node" : "default-fetch";
    expect(resolve(target, conditions)).toBe(`./dist/${file}.js`);
    const source = resolve(target, ["@catenary/source", ...conditions]);
    expect(source).toBe(`./src/${file}.ts`);
    expect(existsSync(join(ROOT, "packages", name, source ?? ""))).toBe(true);
  },
);

test.for(adapters)("$name has one set of types, without Node's", ({ target }) => {
  expect(resolve(target, ["types", "node", "import"])).toBe("./dist/default-fetch.d.ts");
  expect(resolve(target, ["@catenary/source", "types", "node", "import"])).toBe("./src/default-fetch.ts");
});

/** As platforms do: the first condition that holds, in the order of the file. */
function resolve(target: Conditions, conditions: readonly string[]): string | undefined {
  if (typeof target === "string") return target;
  for (const [condition, inner] of Object.entries(target)) {
    if (condition !== "default" && !conditions.includes(condition)) continue;
    const found = resolve(inner, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}
