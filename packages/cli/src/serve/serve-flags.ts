import type { LogLevel } from "@catenary/core";
import { type Arguments, readArguments } from "../command/read-arguments.ts";
import { UsageError } from "../command/usage-error.ts";
import { LOG_FORMATS, LOG_LEVELS, type LogFormat } from "../log/create-log.ts";
import { DEFAULT_LOCAL_MODEL } from "../models/local-model.ts";
import { readPort } from "./read-environment.ts";

export interface ServeFlags {
  readonly port?: number;
  readonly host?: string;
  /** False: nothing is kept. */
  readonly data?: string | false;
  readonly config?: string;
  readonly allowHosts: readonly string[];
  readonly isInsecure: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat?: LogFormat;
  readonly logText: boolean;
  /** The model that runs in this process. */
  readonly localModel?: string;
}

export const SERVE_USAGE = `Usage: catenary serve [FLAGS]

Serves a runtime: the routes of contenox/runtime, and OpenAI's.

  --port N            the port; 0 takes any that is free. Default 8081
  --host ADDRESS      the address to listen at. Default 127.0.0.1: only this machine
  --data FOLDER       where everything that is registered is kept, by one server at a time. Default .catenary
  --no-data           keep nothing
  --local             serve smollm2:135m in this process: without another server, and without a key. Fetched the first time, 98 MB
  --model NAME        with --local another model: as for catenary models pull, or the path of a GGUF file
  --config FILE       backends, hooks and chains in code. Default catenary.config.ts, .js or .mjs, where there is one
  --allow-host NAME   a name by which clients call this server without a key, beside localhost and addresses in numbers; again for more
  --insecure          let whoever reaches this server do everything but register private addresses, without a key
  --log-level LEVEL   debug, info, warn or error. Default info
  --log-format FORMAT json or text. Default: text on a terminal, else json
  --log-text          put what users and models say into the log

Environment: PORT, ADDR, TOKEN (the key that clients give as X-API-Key or as a bearer), TASK_MODEL, CHAT_MODEL and EMBED_MODEL, each
with _PROVIDER (TASK_PROVIDER) and _MODEL_CONTEXT_LENGTH (TASK_MODEL_CONTEXT_LENGTH), TOKENIZER_SERVICE_URL, and
OLLAMA_BACKEND_URL: an Ollama to use, onto which the three models are fetched. Flags win over the environment, and both over the file.
`;

/** Throws a UsageError. */
export function readServeFlags(args: readonly string[]): ServeFlags {
  const given = readArguments(
    args,
    {
      port: { type: "string" },
      host: { type: "string" },
      data: { type: "string" },
      "no-data": { type: "boolean" },
      local: { type: "boolean" },
      model: { type: "string" },
      config: { type: "string" },
      "allow-host": { type: "string", multiple: true },
      insecure: { type: "boolean" },
      "log-level": { type: "string" },
      "log-format": { type: "string" },
      "log-text": { type: "boolean" },
    },
    0,
  );
  const [port, host, config] = [given.text("port"), given.text("host"), given.text("config")];
  const logFormat = oneOf(given, "log-format", LOG_FORMATS);
  const data = dataOf(given);
  const localModel = localModelOf(given);
  return {
    ...(port !== undefined && { port: readPort("--port", port) }),
    ...(host !== undefined && { host }),
    ...(config !== undefined && { config }),
    ...(data !== undefined && { data }),
    ...(logFormat !== undefined && { logFormat }),
    ...(localModel !== undefined && { localModel }),
    allowHosts: given.texts("allow-host"),
    isInsecure: given.isSet("insecure"),
    logLevel: oneOf(given, "log-level", LOG_LEVELS) ?? "info",
    logText: given.isSet("log-text"),
  };
}

function localModelOf(given: Arguments): string | undefined {
  const model = given.text("model");
  if (given.isSet("local")) return model ?? DEFAULT_LOCAL_MODEL;
  if (model === undefined) return undefined;
  throw new UsageError("--model is for --local: add that, or name the model of another server in TASK_MODEL");
}

function dataOf(given: Arguments): string | false | undefined {
  const folder = given.text("data");
  if (!given.isSet("no-data")) {
    if (folder === "") throw new UsageError("--data expects a folder; got an empty text");
    return folder;
  }
  if (folder === undefined) return false;
  throw new UsageError("--data and --no-data exclude each other: leave one of them out");
}

function oneOf<const T extends string>(given: Arguments, name: string, words: readonly T[]): T | undefined {
  const word = given.text(name);
  if (word === undefined) return undefined;
  const found = words.find((known) => known === word);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} expects one of ${words.join(", ")}; got ${JSON.stringify(word)}`);
}
