/** How fast a kind of server is, and how many calls it serves at once. */
export interface ServerKind {
  readonly name: string;
  /** How many tokens of a prompt it reads in a second. */
  readonly promptTokensPerSecond: number;
  /** How long it takes for a token of its answer, in milliseconds. */
  readonly tokenMs: number;
  readonly slots: number;
}

const CLOUD: ServerKind = { name: "cloud", promptTokensPerSecond: 8000, tokenMs: 10, slots: 32 };
const VLLM: ServerKind = { name: "vllm", promptTokensPerSecond: 5000, tokenMs: 20, slots: 16 };
const GPU: ServerKind = { name: "gpu", promptTokensPerSecond: 1500, tokenMs: 30, slots: 4 };
const CPU: ServerKind = { name: "cpu", promptTokensPerSecond: 150, tokenMs: 120, slots: 1 };

/** A team's own machines next to hosted ones: 43 calls a second in all. */
export const MIXED: readonly ServerKind[] = [CLOUD, CLOUD, VLLM, VLLM, VLLM, GPU, GPU, CPU];
/** Eight machines of one kind: 31 calls a second in all. */
export const EQUAL: readonly ServerKind[] = Array.from({ length: 8 }, () => VLLM);

export const MEAN_PROMPT_TOKENS = 800;
export const MEAN_ANSWER_TOKENS = 200;

/** How many calls of mean length the servers finish in a second when all their slots are taken. */
export function capacityOf(kinds: readonly ServerKind[]): number {
  return kinds.reduce((sum, kind) => sum + kind.slots / meanSeconds(kind), 0);
}

function meanSeconds({ promptTokensPerSecond, tokenMs }: ServerKind): number {
  return MEAN_PROMPT_TOKENS / promptTokensPerSecond + (MEAN_ANSWER_TOKENS * tokenMs) / 1000;
}
