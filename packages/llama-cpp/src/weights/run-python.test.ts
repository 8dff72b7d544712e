import { spawn } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { unless, whyNoPip } from "../../tests/weights/needs.ts";
import { scratchFolder } from "../../tests/weights/scratch.ts";
import { runPython } from "./run-python.ts";

const reason = whyNoPip() ?? (process.platform === "win32" ? "its scripts are those of a shell" : undefined);
const WITHIN = { timeout: 20_000, interval: 20 };

/** A module that writes its process's number where it is started, and sleeps. */
function sleeper() {
  const [folder, modules] = [scratchFolder(), scratchFolder()];
  writeFileSync(
    join(modules, "sleeper.py"),
    'import os, time\nopen("pid.new", "w").write(str(os.getpid()))\nos.rename("pid.new", "pid")\ntime.sleep(60)\n',
  );
  const pid = () => Number(readFileSync(join(folder, "pid"), "utf8"));
  const hasBegun = () => existsSync(join(folder, "pid"));
  // Where somebody starts a program, any file may lie.
  writeFileSync(join(folder, "threading.py"), 'raise SystemExit("not this one")\n');
  return { folder, environment: { ...process.env, PYTHONPATH: modules }, pid, hasBegun };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Nobody may have looked at how it ended.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT";
  }
}

describe.skipIf(reason !== undefined)(`a module of Python${unless(reason)}`, { timeout: 60_000 }, () => {
  test("ends with the process that started it, though that is killed", async () => {
    const { folder, environment, pid, hasBegun } = sleeper();
    const own = fileURLToPath(new URL("./run-python.ts", import.meta.url));
    const program = `import { runPython } from ${JSON.stringify(own)};
      await runPython({ module: "sleeper", args: [], environment: process.env, signal: undefined });`;
    const args = ["--conditions=@catenary/source", "--input-type=module", "--eval", program];
    const parent = spawn(process.execPath, args, { cwd: folder, env: environment, stdio: "ignore" });
    onTestFinished(() => void parent.kill("SIGKILL"));
    await vi.waitUntil(hasBegun, WITHIN);
    parent.kill("SIGKILL");
    await vi.waitUntil(() => !isAlive(pid()), WITHIN);
  });

  test("ends when it is told to, behind a script that is called python3", async () => {
    const { folder, environment, pid, hasBegun } = sleeper();
    const shim = join(scratchFolder(), "python3");
    writeFileSync(shim, `#!/bin/sh\ncd ${folder}\nPATH=${JSON.stringify(process.env.PATH)}\npython3 "$@"\nexit $?\n`);
    chmodSync(shim, 0o755);
    const controller = new AbortController();
    const ended = runPython({
      module: "sleeper",
      args: [],
      environment: { ...environment, PATH: `${join(shim, "..")}:${process.env.PATH}` },
      signal: controller.signal,
    });
    await vi.waitUntil(hasBegun, WITHIN);
    controller.abort(new Error("enough"));
    await expect(ended).rejects.toThrow("enough");
    await vi.waitUntil(() => !isAlive(pid()), WITHIN);
  });
});
