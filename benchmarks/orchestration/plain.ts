import type { Engine } from "./engine.ts";

/** Functions that await each other: what the work costs where nobody keeps a record of it. */
export const plain: Engine = {
  linear: (count, step) => async (n) => {
    let value = n;
    for (let i = 0; i < count; i++) value = await step(value);
    return value;
  },
  loop: (count, step) => async () => {
    let value = 0;
    do value = await step(value);
    while (value < count);
    return value;
  },
  branch:
    ({ start, a, b, c, join }) =>
    async (n) => {
      const value = await start(n);
      const fork = [a, b, c][value % 3] ?? c;
      return join(await fork(value));
    },
};
