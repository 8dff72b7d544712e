/** Conditions on a whole value that has been written already: a grammar looks only forward. */
export const UNHELD: readonly string[] = [
  "not",
  "if",
  "multipleOf",
  "uniqueItems",
  "contains",
  "propertyNames",
  "patternProperties",
  "dependentRequired",
  "dependentSchemas",
  "unevaluatedProperties",
  "unevaluatedItems",
];
