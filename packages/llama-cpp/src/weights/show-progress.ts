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
/** A shorter one tells less than the source's name. */
const SHORTEST_BAR = 8;
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
      const line = lineOf(name, progress, speed, (output.columns ?? 80) - 1);
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

/** What fits: at first the bar becomes shorter, then the source is left out, then the bar, and of a long name the beginning. */
function lineOf(name: string, progress: PullProgress, speed: number, room: number): string {
  const { status, completed, total } = progress;
  if (completed === undefined || total === undefined || total === 0) return `${name} ${status} …`.slice(0, room);
  const left = speed > 0 ? `, ${Math.ceil((total - completed) / speed)} s left` : "";
  const share = `${percentOf(completed, total)} % of ${inMegabytes(total)}`;
  for (const told of [`${share} ${status}${left}`, `${share}${left}`]) {
    const width = Math.min(BAR, room - name.length - told.length - 2);
    if (width >= SHORTEST_BAR) return `${name} ${barOf(completed / total, width)} ${told}`;
  }
  return `${name} ${share}${left}`.slice(-room);
}

function barOf(share: number, width: number): string {
  const full = Math.min(width, Math.floor(share * width));
  return `${"█".repeat(full)}${"░".repeat(width - full)}`;
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
