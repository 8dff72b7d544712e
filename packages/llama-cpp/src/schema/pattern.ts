/** What a regular expression is made of. */
export type Pattern =
  /** One character of a text, as a rule for how JSON has it. */
  | { readonly kind: "one"; readonly rule: string }
  /** One after the other. */
  | { readonly kind: "sequence"; readonly parts: readonly Pattern[] }
  /** One of them. */
  | { readonly kind: "choice"; readonly choices: readonly Pattern[] }
  /** So often; `to` may be infinite. */
  | { readonly kind: "repeat"; readonly part: Pattern; readonly from: number; readonly to: number };

/** Any character. */
export const ANY: Pattern = { kind: "one", rule: "char" };

/** How many characters a text of a pattern has, at least and at most. */
export function lengthsOf(pattern: Pattern): readonly [least: number, most: number] {
  switch (pattern.kind) {
    case "one":
      return [1, 1];
    case "sequence":
      return pattern.parts.map(lengthsOf).reduce(([least, most], one) => [least + one[0], most + one[1]], [0, 0]);
    case "choice": {
      const lengths = pattern.choices.map(lengthsOf);
      return [Math.min(...lengths.map(([least]) => least)), Math.max(...lengths.map(([, most]) => most))];
    }
    case "repeat": {
      const [least, most] = lengthsOf(pattern.part);
      // Nothing, without an end, is still nothing.
      return [least * pattern.from, most === 0 ? 0 : most * pattern.to];
    }
  }
}
