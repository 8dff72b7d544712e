/** More than any backend serves; whoever asks for ever new names does not fill the memory. */
const MOST = 256;

/**
 * Makes one thing of each name and keeps it. The AI SDK's models build the schemas of their answers when they are made, which takes
 * as long as the rest of a call; they hold nothing of a call.
 */
export function makeOnce<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    if (made.size >= MOST) made.clear();
    const fresh = make(name);
    made.set(name, fresh);
    return fresh;
  };
}
