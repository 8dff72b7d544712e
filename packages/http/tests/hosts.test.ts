import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Where the check of the packages puts the platforms that it installs. */
const cache = join(tmpdir(), "catenary-platforms");
const programOf = (name: string) => fileURLToPath(new URL(`fixtures/${name}.ts`, import.meta.url));

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

async function printedBy(file: string | undefined, args: readonly string[], program: string): Promise<unknown> {
  const all = [...args, "--conditions=@catenary/source", programOf(program)];
  const { stdout } = await promisify(execFile)(file ?? "", all);
  return JSON.parse(stdout);
}

for (const { name, file, args } of platforms) {
  // Neither is part of what is installed for the tests: they run where `check:packages` has fetched them.
  const why = file === undefined ? `check:packages has not fetched ${name}` : undefined;
  if (why !== undefined) console.log(`not run: the handler on ${name}: ${why}`);
  const suffix = why === undefined ? "" : ` (not run: ${why})`;

  test.skipIf(why !== undefined)(
    `${name} serves the handler beside routes of its own, streams, and ends what its client has left${suffix}`,
    { timeout: 60_000 },
    async () => {
      expect(await printedBy(file, args, "serve-on-host")).toEqual({
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

  test.skipIf(why !== undefined)(
    `${name} serves a runtime: chats, streams, chains, errors, clients that leave, and paths that are its own${suffix}`,
    { timeout: 60_000 },
    async () => {
      expect(await printedBy(file, args, "chat-on-host")).toEqual({
        whole: "A whole.",
        stream: "in pieces",
        isDone: true,
        ofChain: "Of a chain.",
        unknown: [404, "model_not_found"],
        foreign: "own",
        isOver: true,
        givenUp: ["left"],
      });
    },
  );
}
