import { spawnSync } from "node:child_process";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Steps of a check, each reported with a line; what a command printed is shown only when it fails. */
export interface Steps {
  /** Runs a command. Returns whether it succeeded. */
  run(name: string, command: Command): boolean;
  skip(name: string, reason: string): void;
  /** Prints the counts and sets the exit code. */
  end(): void;
}

const LONGEST_MS = 10 * 60_000;

export function startSteps(title: string): Steps {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  return {
    run(name, { file, args, cwd }) {
      const { status, signal, error, stdout, stderr } = spawnSync(file, args, {
        cwd,
        encoding: "utf8",
        timeout: LONGEST_MS,
        maxBuffer: 64 * 1024 * 1024,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const isPassed = status === 0;
      counts[isPassed ? "passed" : "failed"] += 1;
      console.log(`${title}: ${isPassed ? "ok    " : "FAILED"} ${name}`);
      if (!isPassed) {
        const end = error?.message ?? signal ?? `exit code ${status}`;
        console.log(`$ ${file} ${args.join(" ")}\n${stdout}${stderr}${end}\n`);
      }
      return isPassed;
    },
    skip(name, reason) {
      counts.skipped += 1;
      console.log(`${title}: skipped ${name}: ${reason}`);
    },
    end() {
      console.log(`${title}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
      process.exitCode = counts.failed > 0 ? 1 : 0;
    },
  };
}
