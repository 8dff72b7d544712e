/** How often a property is tried: `few` times in an everyday run, and twenty times as often with CATENARY_LONG=1. */
export function runs(few: number): { readonly numRuns: number } {
  return { numRuns: process.env.CATENARY_LONG ? few * 20 : few };
}

/** How long one property may take, whatever else the machine does. */
export const TIMEOUT_MS = process.env.CATENARY_LONG ? 300_000 : 30_000;
