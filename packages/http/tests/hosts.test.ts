import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Where the check of the packages puts the platforms that it installs. */
const cache = join(tmpdir(), "catenary-platforms");
const program = fileURLToPath(new URL("fixtures/serve-on-host.ts", import.meta.url));

function findPlatform(name: string): string | undefined {
  if (!existsSync(cache)) return undefined;
  const folder = readdirSync(cache).find((entry) => entry.startsWith(`${name}@`));
  const path = folder === undefined ? "" : join(cache, folder, "node_modules", ".bin", name);
  return existsSync(path) ? path : undefined;
}

const DENO = [
  "run",
  "--no-lock",
  "--node-modules-dir=manual",
  "--allow-env",
  "--allow-sys",
  "--allow-net",
  "--allow-read",
];
const platforms = [
  { name: "Bun", file: findPlatform("bun"), args: [] },
  { name: "Deno", file: findPlatform("deno"), args: DENO },
];

for (const { name, file, args } of platforms) {
  // Neither is part of what is installed for the tests: they run where `check:packages` has fetched them.
  test.skipIf(file === undefined)(
    `${name} serves the handler beside routes of its own, streams, and ends what its client has left`,
    { timeout: 60_000 },
    async () => {
      const { stdout } = await promisify(execFile)(file ?? "", [...args, "--conditions=@catenary/source", program]);
      expect(JSON.parse(stdout)).toEqual({
        params: { id: "a/b", rest: "c" },
        mount: "/ai",
        isOperator: true,
        made: [201, { name: "a", baseUrl: "" }],
        stream: 'data: {"count":1}\n\ndata: {"count":2}\n\n',
        foreign: "own",
        isLeft: true,
        isEnded: true,
      });
    },
  );
}
