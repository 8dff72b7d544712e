/** Tokens that a model call, a step or a run used, as the provider counted them. A number that nobody told is undefined. */
export interface Usage {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
}

export const NO_USAGE: Usage = Object.freeze({ inputTokens: undefined, outputTokens: undefined });

export function addUsage(a: Usage, b: Usage): Usage {
  return { inputTokens: add(a.inputTokens, b.inputTokens), outputTokens: add(a.outputTokens, b.outputTokens) };
}

function add(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : a + b;
}
