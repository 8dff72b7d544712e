import { fieldPath } from "../invalid-input.ts";
import type { Json } from "../json.ts";

/**
 * A JSON pointer as it stands in an address (`/a~1b/0`) as a JSON path (`$["a/b"][0]`). Which steps are places in a list is seen in
 * `value`, where it is given; without it every number is one.
 */
export function pathOfPointer(pointer: string, value?: Json): string {
  let path = "$";
  let place: unknown = value;
  for (const step of pointer.split("/").slice(1)) {
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    const inList = value === undefined ? /^\d+$/.test(key) : Array.isArray(place);
    path = inList ? `${path}[${key}]` : fieldPath(path, key);
    place = typeof place === "object" && place !== null ? Reflect.get(place, key) : undefined;
  }
  return path;
}
