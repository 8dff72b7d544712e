/** How often a property is tried: `few` times in an everyday run, and twenty times as often with CATENARY_LONG=1. */
export function runs(few: number): { readonly numRuns: number } {
  return { numRuns: process.env.CATENARY_LONG ? few * 20 : few };
}
