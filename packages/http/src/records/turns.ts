/** Lets changes follow each other: what one of them found must still be so when it writes. */
export type Turns = <T>(change: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (change) => {
    const turn = last.then(change, change);
    last = turn;
    return turn;
  };
}
