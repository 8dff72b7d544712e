import { ChainInvalidError } from "@catenary/core";
import { expect, test } from "vitest";
import { ChainReader } from "./chain-reader.ts";

const chain = (id: string) => ({ id, tasks: [{ id: "n", handler: "noop" }] });

test("a chain that comes again is the same object, so that it is prepared once", () => {
  const chains = new ChainReader();
  expect(chains.read(chain("a"))).toBe(chains.read(chain("a")));
  expect(chains.read(chain("a"))).not.toBe(chains.read(chain("b")));
});

test("of many chains those are forgotten that were not used for the longest time", () => {
  const chains = new ChainReader();
  const [kept, lost] = [chains.read(chain("kept")), chains.read(chain("lost"))];
  for (let count = 0; count < 63; count++) {
    chains.read(chain(`other-${count}`));
    chains.read(chain("kept"));
  }
  expect(chains.read(chain("kept"))).toBe(kept);
  expect(chains.read(chain("lost"))).not.toBe(lost);
});

test("a chain that cannot be run is refused each time, and says why", () => {
  const chains = new ChainReader();
  for (const attempt of [1, 2]) {
    expect(() => chains.read({ id: `c${attempt}`, tasks: [] }), `attempt ${attempt}`).toThrow(ChainInvalidError);
  }
  expect(() => chains.read({ id: "c", tasks: [{ id: "end", handler: "noop" }] })).toThrow('chain "c" cannot be run');
});
