/** What routing is told about a backend: how much it can take, when it is preferred, how patient to be with it. */
export interface BackendRouting {
  /** Its tier: backends of the lowest number go first, the next ones where those cannot take the call. Default 0. */
  readonly priority?: number | undefined;
  /** Its share of the calls under `weighted` and `round-robin`, and its capacity where `concurrency` is not known. Default 1; 0: never chosen by those. */
  readonly weight?: number | undefined;
  /** How many calls it takes at once. Further ones wait in its queue. Default: not limited. */
  readonly concurrency?: number | undefined;
  /** How many calls may wait for a place on it. Default: twice its `concurrency`. */
  readonly queueLength?: number | undefined;
  /** How long a call may wait for a place, in milliseconds. Default: the smaller of 30,000 and half of `firstTokenTimeoutMs`. */
  readonly queueTimeoutMs?: number | undefined;
  /** How many calls may start within a minute, at least 1. Default: not limited. */
  readonly requestsPerMinute?: number | undefined;
  /** How many tokens, asked and answered, may be spent within a minute. Default: not limited. */
  readonly tokensPerMinute?: number | undefined;
  /** How long the first piece of a streamed answer may take, in milliseconds; 0: for ever. Default 60,000. */
  readonly firstTokenTimeoutMs?: number | undefined;
  /** How long a stream may be silent between two of its parts, in milliseconds; 0: for ever. Default 30,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** How long a stream may go on without a piece of the answer, in milliseconds, whatever else it sends; 0: for ever. Default 90,000. */
  readonly progressTimeoutMs?: number | undefined;
  /**
   * How long an answer that comes in one piece may take, in milliseconds, while another candidate could still be tried; 0: for
   * ever. Default 120,000. A call that has nobody else to go to is bounded by its deadline alone.
   */
  readonly answerTimeoutMs?: number | undefined;
  /** How long its list of models may take, in milliseconds; 0: for ever. Default 10,000. */
  readonly listTimeoutMs?: number | undefined;
  /** Which fraction of its tier's places may be taken before the next tier shares the calls. Default: 1. */
  readonly spillAt?: number | undefined;
}
