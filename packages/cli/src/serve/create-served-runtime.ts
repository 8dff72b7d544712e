import {
  createRuntime,
  type Fetch,
  type Logger,
  type RecordStore,
  type Runtime,
  type TokenCounter,
} from "@catenary/core";
import { runtimeParts } from "../config/runtime-parts.ts";
import { logSteps } from "../log/log-steps.ts";
import { SERVED_TYPES } from "./known-providers.ts";
import type { ServeSettings } from "./read-settings.ts";
import { tokenizerService } from "./tokenizer-service.ts";

/** As often as the original looks what its backends serve. */
const SYNC_EVERY_MS = 10_000;

/**
 * The runtime that is served; what was registered before is there.
 *
 * @param transport What everything is sent with, unless the configuration names something else.
 */
export async function createServedRuntime(
  settings: ServeSettings,
  logger: Logger,
  records: RecordStore | undefined,
  transport: Fetch,
): Promise<Runtime> {
  const { config } = settings;
  const tokens = tokensOf(settings, logger, transport);
  const runtime = createRuntime({
    pull: "missing",
    syncEveryMs: SYNC_EVERY_MS,
    fetch: transport,
    ...runtimeParts(config),
    backendTypes: [...SERVED_TYPES, ...(config.backendTypes ?? [])],
    ...(tokens !== undefined && { tokens }),
    ...(records !== undefined && { records }),
    logger,
    logText: settings.logText,
  });
  logSteps(runtime, logger);
  const { chains, backends, models, groups, hooks } = runtime;
  for (const registry of [chains, backends, models, groups, hooks]) await registry.load();
  return runtime;
}

function tokensOf({ config, tokenizerUrl }: ServeSettings, logger: Logger, transport: Fetch): TokenCounter | undefined {
  if (tokenizerUrl === undefined) return config.tokens;
  const { fetch = transport, tokens } = config;
  return tokenizerService({ url: tokenizerUrl, fetch, logger, ...(tokens !== undefined && { otherwise: tokens }) });
}
