import type { HookDefinition } from "./hook.ts";

/** A hook and the name by which chains call it. */
export interface NamedHook {
  readonly name: string;
  readonly hook: HookDefinition;
}
