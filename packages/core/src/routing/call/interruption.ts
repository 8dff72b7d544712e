/** What ended a call or an attempt from outside of it. */
export type Interruption =
  /** Whoever made the call does not want it any more. */
  | { readonly by: "caller"; readonly reason: unknown }
  /** Its time is up, whoever takes it. */
  | { readonly by: "deadline" }
  /** A candidate took too long; another may do better. */
  | { readonly by: "silence"; readonly which: Silence; readonly ms: number };

/** `first_token`: no piece came in time; `idle`: nothing came any more; `progress`: only signs of life; `answer`: no whole answer. */
export type Silence = "first_token" | "idle" | "progress" | "answer";
