import { wireName } from "../wire/spelling.ts";

/** What of a chain could not be read and was left out, so that nothing is concluded from what stands there instead. */
export interface Misread {
  /** Whether what stands at a path could not be read: itself, something in it, or what it is in. */
  touches(path: string): boolean;
  /** The same without what is only in it. */
  hides(path: string): boolean;
  /** Whether some tasks, or their ids, are not known. Then any name may be one of them. */
  readonly hidesTasks: boolean;
  /** Whether it is not known where some task leads. Then any task may be reached. */
  readonly hidesWays: boolean;
}

export const NOTHING_MISREAD: Misread = {
  touches: () => false,
  hides: () => false,
  hidesTasks: false,
  hidesWays: false,
};

const TASK = /^\$\.tasks(\[\d+\](\.id)?)?$/;
const WAY = /^\$\.tasks\[\d+\]\.transition\b/;

/** Paths in either spelling: what no JSON can hold is found before names are read. */
export function misreadAt(given: Iterable<string>): Misread {
  const paths = [...given].map(wireName);
  if (paths.length === 0) return NOTHING_MISREAD;
  const exact = new Set(paths);
  const outer = new Set(paths.flatMap(pathsAbove));
  const hidesTasks = paths.some((path) => TASK.test(path));
  const hides = (path: string) => pathsAbove(wireName(path)).some((above) => exact.has(above));
  return {
    touches: (path) => outer.has(wireName(path)) || hides(path),
    hides,
    hidesTasks,
    hidesWays: hidesTasks || paths.some((path) => WAY.test(path)),
  };
}

/** The path itself and those of everything it is in. */
export function pathsAbove(path: string): readonly string[] {
  const ends = [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index));
  return [...ends, path];
}
