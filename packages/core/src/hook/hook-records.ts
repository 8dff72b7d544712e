import type { RegistryRecords } from "../registry/registry-records.ts";
import type { RecordStore } from "../store/record-store.ts";
import { isJsonObject, type Json } from "../value/json.ts";
import type { HookDefinition } from "./hook.ts";
import type { NamedHook } from "./named-hook.ts";
import { type RemoteHook, type RemoteHookSettings, remoteHook } from "./remote-hook.ts";

/** Remote hooks are kept as their settings beside their name, headers included. A hook that is code cannot be kept. */
export function hookRecords(store: RecordStore): RegistryRecords<NamedHook> {
  return { store, kind: "hook", encode, decode };
}

function encode({ name, hook }: NamedHook): Json | undefined {
  if (!isRemote(hook)) return undefined;
  // Whoever wrote the object without `remoteHook` is told now what is wrong with it.
  const { kind: _remote, retries, ...settings } = remoteHook(hook);
  return { name, ...settings, ...(retries !== undefined && { retries: { ...retries } }) };
}

function decode(record: Json): NamedHook | undefined {
  if (!isJsonObject(record) || typeof record.name !== "string") return undefined;
  const { name, ...settings } = record;
  // Safe: `remoteHook` looks at each of them, and throws where one is of another type.
  return { name, hook: remoteHook(settings as unknown as RemoteHookSettings) };
}

function isRemote(hook: HookDefinition): hook is RemoteHook {
  return typeof hook === "object" && "kind" in hook;
}
