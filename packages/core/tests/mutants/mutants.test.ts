import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { MUTANTS } from "./mutants.ts";

const sourceOf = (file: string) => readFileSync(new URL(`../../src/${file}`, import.meta.url), "utf8");

test.each(MUTANTS)("there is a place for the mistake that $name", ({ file, from, to }) => {
  expect(sourceOf(file).split(from).length).toBe(2);
  expect(to).not.toBe(from);
});

async function isNoticed(at: number): Promise<boolean> {
  const script = fileURLToPath(new URL("./run-mutant.ts", import.meta.url));
  const args = ["--conditions=@catenary/source", script, String(at)];
  // An everyday run has to notice it already.
  const env = { ...process.env, CATENARY_LONG: "" };
  const [code] = await once(spawn(process.execPath, args, { stdio: "ignore", env }), "exit");
  return code === 0;
}

// Each runs the tests of routing in a process of its own, which is too slow for every day.
describe.runIf(process.env.CATENARY_LONG)("the tests notice that", () => {
  for (const [at, { name }] of MUTANTS.entries()) {
    test(name, { timeout: 120_000 }, async () => {
      expect(await isNoticed(at)).toBe(true);
    });
  }
});
