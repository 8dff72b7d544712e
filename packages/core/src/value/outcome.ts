/** What a handler reports beside its output: the short text by which a branch is chosen. */
export interface Outcome {
  /** What branches are compared with first. */
  readonly text: string;
  /** The form that contenox/runtime reports, where it differs (`true` for a matched key): branches are tried on it too, and step records carry it as `transition`. */
  readonly transition?: string;
  /** The exact number behind `text`, where `text` is rounded. */
  readonly number?: number;
}
