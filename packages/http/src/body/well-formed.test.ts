import { expect, test } from "vitest";
import { mayHaveHalves, wellFormed } from "./well-formed.ts";

test("halves of characters become U+FFFD, in names too, and all else stays what it is", () => {
  const text = '{"\\ud800a":["\\uDC00",{"__proto__":"x\\ud83d"}],"whole":"\\ud83d\\ude00","n":1,"none":null}';
  expect(mayHaveHalves(text)).toBe(true);
  expect(JSON.stringify(wellFormed(JSON.parse(text)))).toBe(
    '{"\ufffda":["\ufffd",{"__proto__":"x\ufffd"}],"whole":"\u{1f600}","n":1,"none":null}',
  );
});

test("a text without such escapes is not looked through", () => {
  expect(mayHaveHalves('{"a":"\u{1f600} \\u00e4 \\n"}')).toBe(false);
});
