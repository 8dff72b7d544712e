import { LIMITS } from "./limits.ts";
import type { Fail } from "./template-function.ts";

/** Text that grows part by part and ends the rendering before it is too long. */
export function boundedText(fail: Fail): { add(part: string): void; text(): string } {
  let text = "";
  return {
    add: (part) => {
      text += part;
      if (text.length > LIMITS.outputLength) fail(`the text is longer than ${LIMITS.outputLength} characters`);
    },
    text: () => text,
  };
}
