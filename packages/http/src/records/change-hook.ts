import { CatenaryError, type NamedHook, type RemoteHook, type RemoteHookSettings, remoteHook } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { Surface } from "../surface.ts";
import { type HookInput, isRemoteRow, type RemoteRow, withoutSecrets } from "./hook-body.ts";
import { MASK } from "./mask.ts";
import { recordBookOf } from "./record-book.ts";
import type { Row } from "./rows.ts";

/** A client may give the id. */
export async function createHook(surface: Surface, input: HookInput): Promise<RemoteRow> {
  const { hooks } = recordBookOf(surface);
  const value = { name: nameOf(input), hook: hookOf(input) };
  const id = input.id || surface.ids();
  if ((await hooks.list()).some((row) => row.id === id)) throw hooks.taken(id);
  return asRemote(await hooks.create(value, { wireId: id }));
}

/** What was shown masked, and is given back as it was shown, stays what it was. */
export async function updateHook(
  surface: Surface,
  { row, input, isOperator }: { readonly row: RemoteRow; readonly input: HookInput; readonly isOperator: boolean },
): Promise<RemoteRow> {
  const value = { name: nameOf(input), hook: hookOf(unmasked(input, row.value.hook, isOperator)) };
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

/** An operator was shown the whole address, and may take its query away. */
function unmasked(input: HookInput, { url, headers }: RemoteHook, isOperator: boolean): HookInput {
  const given = Object.entries(input.headers ?? {}).map(([name, value]) => {
    const before = Object.entries(headers).find(([known]) => known.toLowerCase() === name.toLowerCase());
    return [name, value === MASK ? (before?.[1] ?? value) : value] as const;
  });
  return {
    ...input,
    ...(!isOperator && input.endpointUrl === withoutSecrets(url) && { endpointUrl: url }),
    ...(input.headers !== undefined && { headers: Object.fromEntries(given) }),
  };
}

function nameOf({ name = "" }: HookInput): string {
  if (name === "") throw refuse("name", "name is required");
  return name;
}

function hookOf({ endpointUrl = "", method = "", timeoutMs = 0, ...rest }: HookInput): RemoteHook {
  if (endpointUrl === "") throw refuse("endpointUrl", "endpoint URL is required, such as https://example.com/hook");
  if (method === "") throw refuse("method", "HTTP method is required, such as POST");
  if (timeoutMs <= 0) throw refuse("timeoutMs", "timeout must be positive, in milliseconds");
  const { headers = {}, protocolType, retries } = rest;
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
  } as RemoteHookSettings;
  try {
    return remoteHook(settings);
  } catch (error) {
    if (!CatenaryError.isInstance(error)) throw error;
    throw new HttpError(422, `invalid remote hook: ${error.toJSON().message}`, { cause: error });
  }
}

function refuse(field: string, problem: string): HttpError {
  return new HttpError(422, `invalid remote hook: ${problem} (${field})`, { param: field });
}
