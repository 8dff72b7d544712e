/** Lets changes that have to wait follow each other, each after the one before has ended, however it ended. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  take<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(change);
    this.#last = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }
}
