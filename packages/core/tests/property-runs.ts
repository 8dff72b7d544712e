/** How often a property is tried: `few` times in an everyday run, and fifty times as often with CATENARY_LONG=1. */
export function runs(few: number): { readonly numRuns: number } {
  return { numRuns: process.env.CATENARY_LONG ? few * 50 : few };
}
