import { lengthsOf, type Pattern } from "./pattern.ts";

/** What of a pattern is still to be written, in its order. */
export type Rest = readonly Pattern[];

/** A character that may come next, and what is left after it. */
export interface Step {
  readonly rule: string;
  readonly rest: Rest;
  /** How many characters the rest has at least. */
  readonly least: number;
}

/** Every way to go on with a pattern, and whether it may end here. */
export interface Next {
  readonly steps: readonly Step[];
  readonly mayEnd: boolean;
}

export function nextSteps(rest: Rest): Next {
  const steps: Step[] = [];
  const walked = new Set<string>();
  let mayEnd = false;
  const walk = (way: Rest): void => {
    // What may be repeated may also be empty, and would go round for ever.
    const key = keyOf(way);
    if (walked.has(key)) return;
    walked.add(key);
    const [part, ...after] = way;
    if (part === undefined) {
      mayEnd = true;
      return;
    }
    switch (part.kind) {
      case "one":
        steps.push({ rule: part.rule, rest: after, least: lengthsOf({ kind: "sequence", parts: after })[0] });
        return;
      case "sequence":
        walk([...part.parts, ...after]);
        return;
      case "choice":
        for (const choice of part.choices) walk([choice, ...after]);
        return;
      case "repeat":
        if (part.from === 0) walk(after);
        if (part.to > 0) walk([part.part, onceLess(part), ...after]);
    }
  };
  walk(rest);
  return { steps, mayEnd };
}

const numbers = new WeakMap<Pattern, number>();
let count = 0;

/** The same for equal rests of one pattern. */
export function keyOf(rest: Rest): string {
  return rest.map(numberOf).join(" ");
}

function numberOf(part: Pattern): number {
  const known = numbers.get(part);
  if (known !== undefined) return known;
  count += 1;
  numbers.set(part, count);
  return count;
}

type Repeat = Extract<Pattern, { kind: "repeat" }>;

const less = new WeakMap<Repeat, Repeat>();

/** The same one each time, so that equal rests can be told. */
function onceLess(repeat: Repeat): Repeat {
  if (repeat.from === 0 && repeat.to === Number.POSITIVE_INFINITY) return repeat;
  const known = less.get(repeat) ?? { ...repeat, from: Math.max(0, repeat.from - 1), to: repeat.to - 1 };
  less.set(repeat, known);
  return known;
}
