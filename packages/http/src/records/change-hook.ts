import { CatenaryError, type NamedHook, type RemoteHook, type RemoteHookSettings, remoteHook } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { Surface } from "../surface.ts";
import { type HookInput, isRemoteRow, type RemoteRow, withoutSecrets } from "./hook-body.ts";
import { isSameOrigin } from "./is-same-origin.ts";
import { MASK } from "./mask.ts";
import { recordBookOf } from "./record-book.ts";
import type { Row } from "./rows.ts";

/** A client may give the id. Only an operator may give a private address. */
export async function createHook(surface: Surface, input: HookInput, isOperator: boolean): Promise<RemoteRow> {
  const { hooks } = recordBookOf(surface);
  const value = { name: nameOf(input), hook: hookOf(input, isOperator ? undefined : "public") };
  const id = input.id || surface.ids();
  if ((await hooks.list()).some((row) => row.id === id)) throw hooks.taken(id);
  return asRemote(await hooks.create(value, { wireId: id }));
}

/** What was shown masked, and is given back as it was shown, stays what it was. */
export async function updateHook(
  surface: Surface,
  { row, input, isOperator }: { readonly row: RemoteRow; readonly input: HookInput; readonly isOperator: boolean },
): Promise<RemoteRow> {
  const before = row.value.hook;
  const given = unmasked(input, before, isOperator);
  // What an operator registered stays so while it leads to the same place.
  const addresses = isOperator ? undefined : given.endpointUrl === before.url ? before.addresses : "public";
  const value = { name: nameOf(input), hook: hookOf(given, addresses) };
  return asRemote(await recordBookOf(surface).hooks.update(row, value));
}

/** By its id; a hook in this process has none. */
export async function requireHook(surface: Surface, id: string): Promise<RemoteRow> {
  return asRemote(await recordBookOf(surface).hooks.require(id));
}

function asRemote(row: Row<NamedHook>): RemoteRow {
  if (isRemoteRow(row)) return row;
  throw new HttpError(404, `not found: the hook ${JSON.stringify(row.id)} is code of the program, and has no address`);
}

/**
 * An operator was shown the whole address, and may take its query away. What a mask stands for belongs to one origin: who could have it
 * sent to another would have been shown it.
 */
function unmasked(input: HookInput, { url, headers }: RemoteHook, isOperator: boolean): HookInput {
  // What is no address is refused as that.
  const isElsewhere = URL.canParse(input.endpointUrl ?? "") && !isSameOrigin(input.endpointUrl, url);
  const given = Object.entries(input.headers ?? {}).map(([name, value]) => {
    const before = Object.entries(headers).find(([known]) => known.toLowerCase() === name.toLowerCase());
    if (value !== MASK || before === undefined) return [name, value] as const;
    if (isElsewhere) throw maskedElsewhere(name);
    return [name, before[1]] as const;
  });
  return {
    ...input,
    ...(!isOperator && input.endpointUrl === withoutSecrets(url) && { endpointUrl: url }),
    ...(input.headers !== undefined && { headers: Object.fromEntries(given) }),
  };
}

function maskedElsewhere(name: string): HttpError {
  const what = `the header ${JSON.stringify(name)} is masked, and what it stands for belongs to the address before`;
  return new HttpError(422, `invalid remote hook: ${what}: give its value for the new one, or leave it out`, {
    param: "headers",
  });
}

function nameOf({ name = "" }: HookInput): string {
  if (name === "") throw refuse("name", "name is required");
  return name;
}

function hookOf(
  { endpointUrl = "", method = "", timeoutMs = 0, ...rest }: HookInput,
  addresses: RemoteHook["addresses"],
): RemoteHook {
  if (endpointUrl === "") throw refuse("endpointUrl", "endpoint URL is required, such as https://example.com/hook");
  if (method === "") throw refuse("method", "HTTP method is required, such as POST");
  if (timeoutMs <= 0) throw refuse("timeoutMs", "timeout must be positive, in milliseconds");
  const { headers = {}, protocolType, retries, maxResponseBytes } = rest;
  for (const [name, value] of Object.entries(headers)) {
    if (name.trim() === "") throw refuse("headers", "header name cannot be empty");
    if (value === "") throw refuse("headers", `header value for ${name.slice(0, 100)} cannot be empty`);
  }
  if (protocolType === undefined) throw refuse("protocolType", "protocol type is required, such as openai-object");
  // Safe: `remoteHook` looks at each part, and throws where one is none.
  const settings = {
    url: endpointUrl,
    method,
    timeoutMs,
    headers,
    protocol: protocolType,
    retries,
    maxResponseBytes,
    addresses,
  } as RemoteHookSettings;
  try {
    return remoteHook(settings);
  } catch (error) {
    if (!CatenaryError.isInstance(error)) throw error;
    throw new HttpError(422, `invalid remote hook: ${error.toJSON().message}`, { cause: error });
  }
}

function refuse(field: string, problem: string): HttpError {
  return new HttpError(422, `invalid remote hook: ${problem}`, { param: field });
}
