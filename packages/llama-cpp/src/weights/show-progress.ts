import type { PullProgress } from "@catenary/core";

/** The part of a terminal, or of a file, that is written to. */
export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface ShownProgress {
  readonly onProgress: (progress: PullProgress) => void;
  /** Ends the line that moves. */
  close(): void;
}

const BAR = 24;
const DRAW_EVERY_MS = 100;
/** Between two lines of a file, in hundredths. */
const TELL_EVERY = 10;
const MEGABYTE = 1_000_000;

/** Shows how a file comes: one line with a bar that grows on a terminal, and a line now and then elsewhere. */
export function showProgress(name: string, output: ProgressOutput, now: () => number = Date.now): ShownProgress {
  return output.isTTY === true ? onTerminal(name, output, now) : inLines(name, output);
}

function onTerminal(name: string, output: ProgressOutput, now: () => number): ShownProgress {
  let drawnAt = Number.NEGATIVE_INFINITY;
  let shown = "";
  let begun: { readonly status: string; readonly at: number; readonly completed: number } | undefined;
  return {
    onProgress(progress) {
      const { status, completed = 0, total } = progress;
      if (begun?.status !== status) begun = { status, at: now(), completed };
      else if (now() - drawnAt < DRAW_EVERY_MS && completed !== total) return;
      drawnAt = now();
      const seconds = (now() - begun.at) / 1000;
      const speed = seconds > 0.5 ? (completed - begun.completed) / seconds : 0;
      const line = `${name} ${partsOf(progress, speed)}`.slice(0, (output.columns ?? 80) - 1);
      if (line === shown) return;
      shown = line;
      output.write(`\r\u001b[2K${line}`);
    },
    close() {
      if (shown !== "") output.write("\n");
      shown = "";
    },
  };
}

function partsOf({ status, completed, total }: PullProgress, speed: number): string {
  if (completed === undefined || total === undefined || total === 0) return `${status} …`;
  const full = Math.floor((completed / total) * BAR);
  const bar = `${"█".repeat(full)}${"░".repeat(Math.max(0, BAR - full))}`;
  const left = speed > 0 ? `, ${Math.ceil((total - completed) / speed)} s left` : "";
  return `${bar} ${percentOf(completed, total)} % of ${inMegabytes(total)} ${status}${left}`;
}

function inLines(name: string, output: ProgressOutput): ShownProgress {
  let last = "";
  return {
    onProgress({ status, completed, total }) {
      const isCounted = completed !== undefined && total !== undefined && total > 0;
      const step = isCounted ? Math.floor(percentOf(completed, total) / TELL_EVERY) * TELL_EVERY : 0;
      const key = `${status} ${step}`;
      if (key === last) return;
      last = key;
      output.write(`${name}: ${status}${isCounted ? `, ${step} % of ${inMegabytes(total)}` : ""}\n`);
    },
    close: () => {},
  };
}

function percentOf(completed: number, total: number): number {
  return Math.min(100, Math.floor((completed / total) * 100));
}

/** Bytes for people: in millions, as sellers of disks count. */
export function inMegabytes(bytes: number): string {
  const megabytes = bytes / MEGABYTE;
  return `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}
