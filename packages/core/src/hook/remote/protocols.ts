import { langserve } from "./langserve.ts";
import { langserveOpenai } from "./langserve-openai.ts";
import { ollama } from "./ollama.ts";
import { openai } from "./openai.ts";
import { openaiObject } from "./openai-object.ts";
import type { Protocol, ProtocolName } from "./protocol.ts";

export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = {
  openai,
  "openai-object": openaiObject,
  ollama,
  langserve,
  "langserve-openai": langserveOpenai,
};
