import { describeKind } from "../value/describe-kind.ts";
import { printValue } from "../value/print-value.ts";
import { boundedText } from "./bounded-text.ts";
import type { Value } from "./frame.ts";
import { LIMITS } from "./limits.ts";
import { formatVerb, typeName, type VerbFlags } from "./printf-verb.ts";
import type { Fail } from "./template-function.ts";

const directive = /%([-+# 0]*)(\[\d+\])?(\*|\d+)?(?:\.(\[\d+\])?(\*|\d*))?(\[\d+\])?(.)?/gsu;

/**
 * Go's printf: flags `-+# 0`, width, precision, `*`, `%[2]s` and the verbs `v s q d b o x X c U f F e E g G t T %`. What does not fit is
 * printed as Go prints it: `%!d(string=a)`, `%!s(MISSING)`, `%!(EXTRA string=b)`. `%s` prints any value, `%d` any whole number.
 */
export function printf([format, ...values]: readonly Value[], fail: Fail): string {
  if (typeof format !== "string") return fail(`printf needs a format in quotes first, but got ${describeKind(format)}`);
  const queue = argumentQueue(values);
  const out = boundedText(fail);
  let plain = 0;
  for (const match of format.matchAll(directive)) {
    out.add(format.slice(plain, match.index));
    plain = match.index + match[0].length;
    out.add(formatDirective(match, queue));
  }
  out.add(format.slice(plain));
  out.add(queue.unused());
  return out.text();
}

function formatDirective(match: RegExpExecArray, queue: ArgumentQueue): string {
  const [, flags = "", widthIndex, width, precisionIndex, precision, index, verb] = match;
  if (verb === undefined) return "%!(NOVERB)";
  if (verb === "%") return "%";
  queue.moveTo(widthIndex);
  const wide = readSize(width, LIMITS.printfWidth, queue);
  queue.moveTo(precisionIndex);
  const precise = readSize(precision === "" ? "0" : precision, LIMITS.printfPrecision, queue);
  queue.moveTo(index);
  if (wide === "bad") return "%!(BADWIDTH)";
  if (precise === "bad" || (precise !== undefined && precise < 0)) return "%!(BADPREC)";
  const taken = queue.take();
  if (taken.kind !== "value") return `%!${verb}(${taken.kind === "missing" ? "MISSING" : "BADINDEX"})`;
  const verbFlags: VerbFlags = {
    left: flags.includes("-") || (wide !== undefined && wide < 0),
    plus: flags.includes("+"),
    sharp: flags.includes("#"),
    space: flags.includes(" "),
    zero: flags.includes("0"),
    width: Math.abs(wide ?? 0),
    precision: precise,
  };
  return formatVerb(verb, verbFlags, taken.value);
}

function readSize(text: string | undefined, most: number, queue: ArgumentQueue): number | undefined | "bad" {
  if (text === undefined) return undefined;
  const taken = text === "*" ? queue.take() : ({ kind: "value", value: Number(text) } as const);
  const size = taken.kind === "value" ? taken.value : undefined;
  return typeof size === "number" && Number.isInteger(size) && Math.abs(size) <= most ? size : "bad";
}

type Taken = { readonly kind: "value"; readonly value: Value } | { readonly kind: "missing" | "bad_index" };

interface ArgumentQueue {
  take(): Taken;
  /** Goes on with the argument that `[n]` names, counted from 1. */
  moveTo(index: string | undefined): void;
  /** What Go adds for arguments that no verb took. */
  unused(): string;
}

function argumentQueue(values: readonly Value[]): ArgumentQueue {
  let next = 0;
  let isReordered = false;
  return {
    take: () => {
      if (next < 0) return { kind: "bad_index" };
      if (next >= values.length) return { kind: isReordered ? "bad_index" : "missing" };
      return { kind: "value", value: values[next++] };
    },
    moveTo: (index) => {
      if (index === undefined) return;
      next = Number(index.slice(1, -1)) - 1;
      isReordered = true;
    },
    unused: () => {
      if (isReordered || next >= values.length) return "";
      const rest = values.slice(next).map((value) => `${typeName(value)}=${printValue(value)}`);
      return `%!(EXTRA ${rest.join(", ")})`;
    },
  };
}
