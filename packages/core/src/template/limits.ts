/** What one template may cost. A template is written by an application's author, but it is rendered over data that nobody has seen. */
export const LIMITS = {
  /** Characters of source. */
  sourceLength: 256 * 1024,
  /** Control blocks and parentheses inside each other. */
  nesting: 100,
  /** The same, added up over templates that call each other. */
  depth: 1000,
  /** Characters of output, and of any value made on the way. */
  outputLength: 4 * 1024 * 1024,
  /** Nodes and commands that are executed. */
  work: 1_000_000,
  printfWidth: 1000,
  printfPrecision: 100,
} as const;
