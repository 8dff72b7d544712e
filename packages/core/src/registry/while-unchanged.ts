import type { Registry } from "./registry.ts";

/** What is made of a registry's values: the same object until one of them changes, so that what is derived of it can be kept. */
export function whileUnchanged<T, R>(registry: Registry<T>, make: (values: readonly T[]) => R): () => R {
  let version: number | undefined;
  let made: R | undefined;
  return () => {
    if (made === undefined || version !== registry.version) {
      version = registry.version;
      made = make(registry.list().map(({ value }) => value));
    }
    return made;
  };
}
