import type { RunEvent, StepRecord } from "@catenary/core";

/** The part of a terminal, or of a file, that is written to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Shows a run while it happens. */
export interface Screen {
  show(event: RunEvent): void;
  close(): void;
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;
const DEFAULT_COLUMNS = 80;

/** Text of models and chains must not be able to steer the terminal. */
export function printable(text: string): string {
  return text.replace(CONTROL, "�");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out; tabs and line ends stay.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** On a terminal one line for each step, which moves while the step is under way; elsewhere plain lines. */
export function createScreen(output: Output): Screen {
  return output.isTTY === true ? createLiveScreen(output) : createPlainScreen(output);
}

function createPlainScreen(output: Output): Screen {
  let isWriting = false;
  const line = (text: string) => {
    output.write(`${isWriting ? "\n" : ""}${text}\n`);
    isWriting = false;
  };
  return {
    show(event) {
      if (event.kind === "step_started") line(`> ${event.taskId} (${event.handler})`);
      else if (event.kind === "step_delta") {
        output.write(printable(isWriting ? event.text : `    ${event.text}`));
        isWriting = true;
      } else {
        const text = lineOf(event);
        if (text !== undefined) line(printable(text));
      }
    },
    close() {
      if (isWriting) output.write("\n");
    },
  };
}

function createLiveScreen(output: Output): Screen {
  let frame = 0;
  let current: { readonly taskId: string; readonly handler: string; readonly since: number; text: string } | undefined;
  const draw = () => {
    if (current === undefined) return;
    const seconds = ((performance.now() - current.since) / 1000).toFixed(1);
    const head = `${FRAMES[frame++ % FRAMES.length]} ${current.taskId} (${current.handler}) ${seconds} s  `;
    const room = Math.max(0, (output.columns ?? DEFAULT_COLUMNS) - head.length - 1);
    const tail = [...printable(current.text).replace(/\s+/g, " ")].slice(-room).join("");
    output.write(`\r\u001b[2K${head}\u001b[2m${room > 0 ? tail : ""}\u001b[0m`);
  };
  const timer = setInterval(draw, FRAME_MS);
  const settle = (text: string) => output.write(`\r\u001b[2K${text}\n`);
  return {
    show(event) {
      if (event.kind === "step_started")
        current = { taskId: event.taskId, handler: event.handler, since: performance.now(), text: "" };
      else if (event.kind === "step_delta" && current !== undefined) current.text += event.text;
      const text = lineOf(event);
      if (text !== undefined) settle(printable(text));
      if (event.kind === "step_completed" || event.kind === "step_failed") current = undefined;
      else draw();
    },
    close() {
      clearInterval(timer);
      if (current !== undefined) output.write("\r\u001b[2K");
    },
  };
}

/** What stays on the screen about an event; undefined: nothing. */
function lineOf(event: RunEvent): string | undefined {
  switch (event.kind) {
    case "step_completed":
      return `✔ ${event.step.taskId}: ${quote(event.step.outcome)} → ${event.goto}${costs(event.step)}`;
    case "step_retrying":
      return `↻ ${event.step.taskId}: ${event.step.error?.message}; again ${event.delayMs === 0 ? "at once" : `in ${event.delayMs} ms`}`;
    case "step_failed":
      return `✘ ${event.step.taskId}: ${event.step.error?.message}${event.goto === undefined ? "" : ` → ${event.goto}`}`;
    case "step_reset":
      return `↻ ${event.taskId}: starts again, what it wrote so far is void`;
    case "text_printed":
      return `  ${event.text}`;
    default:
      return undefined;
  }
}

const LONGEST_OUTCOME = 40;

function quote(outcome: string): string {
  const flat = outcome.replace(/\s+/g, " ");
  return flat.length <= LONGEST_OUTCOME ? flat : `${flat.slice(0, LONGEST_OUTCOME - 1)}…`;
}

function costs({ durationMs, model }: StepRecord): string {
  return `  (${durationMs.toFixed(0)} ms${model === undefined ? "" : `, ${model}`})`;
}
