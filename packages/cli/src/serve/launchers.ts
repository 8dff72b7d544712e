import { readFileSync } from "node:fs";

/** What the system tells of a process. */
export interface ProcessTable {
  /** Undefined where it has ended. */
  parentOf(pid: number): number | undefined;
  /** Its arguments with blanks between them; empty where nobody tells. */
  commandOf(pid: number): string;
}

/** Of Linux; elsewhere no process is known. */
export const linuxProcesses: ProcessTable = {
  parentOf(pid) {
    // "9025 (a name) S 9024 …": what stands in the brackets may be anything.
    const [state, parent] = read(`/proc/${pid}/stat`)
      .replace(/^.*\) /s, "")
      .split(" ");
    return state === undefined || parent === undefined || /[ZX]/.test(state) ? undefined : Number(parent);
  },
  commandOf: (pid) => read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim(),
};

const NPM = /^(?:npm|npx) |^\S*\bnode \S*\b(?:npm|npx)-cli\.js\b/;
const PNPM = /^pnpm\b|^\S*\bnode \S*\bpnpm\b/;
const SHELL = /^(?:\S*\/)?(?:sh|dash|bash) -c /;
const MOST = 10;

/**
 * The processes of package managers, and the shells between them, through which `npx pnpm serve` comes to this one. Somebody who ends
 * the first of them means the server; npm ends without telling its children.
 */
export function launchersOf(pid: number, processes: ProcessTable): readonly number[] {
  const between: number[] = [];
  let launchers: number[] = [];
  let parent = processes.parentOf(pid);
  while (parent !== undefined && parent > 1 && between.length < MOST) {
    const command = processes.commandOf(parent);
    const isNpm = NPM.test(command);
    if (!isNpm && !PNPM.test(command) && !SHELL.test(command)) break;
    between.push(parent);
    // A shell counts only where a package manager has started it.
    if (!SHELL.test(command)) launchers = [...between];
    if (isNpm) break;
    parent = processes.parentOf(parent);
  }
  return launchers;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
