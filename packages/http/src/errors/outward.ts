import type { JsonReply } from "../reply.ts";
import type { Surface } from "../surface.ts";
import type { ErrorBody } from "./error-reply.ts";

type Given = Pick<Surface, "runtime">;

/** What errors advise those who write code, and what goes in its place for those who send requests. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /give one to createRuntime, such as createRuntime\(\{ backends: \[ollama\(\)\] \}\)/g,
    "register one with POST /backends, or start the server with OLLAMA_BACKEND_URL",
  ],
  [/runtime\.downloads\.wait\("[^"]*"\) tells when/g, "GET /downloads tells of it"],
  [/runtime\.downloads\.retry\("([^"/]*)\/([^"]*)"\)/g, 'POST /downloads { "backend": "$1", "model": "$2" }'],
  [
    /fetch it with runtime\.downloads\.create\(\{ backend: "([^"]*)", model: "([^"]*)" \}\), or declare it and give createRuntime\(\{ pull: "missing" \}\)/g,
    'have it fetched with POST /downloads { "backend": "$1", "model": "$2" }, or declare it with POST /models and assign it to a group of the backend, with POST /model-affinity/{group}/models/{model}',
  ],
  [
    /declare it and give createRuntime\(\{ pull: "missing" \}\)/g,
    "declare it with POST /models and assign it to a group",
  ],
  [
    /set OLLAMA_HOST \(or baseUrl\) to where it runs/g,
    "give its address with PUT /backends/{id}, or as OLLAMA_BACKEND_URL",
  ],
  declaring("chat", "canChat"),
  declaring("prompt", "canPrompt"),
  [
    /add it to the group, or declare an overflow/g,
    "assign it with POST /model-affinity/{groupID}/models/{model}, after POST /models where it is not declared yet",
  ],
  declaring("embed", "canEmbed"),
  declaring("structuredOutput", "canStructuredOutput"),
  declaring("vision", "canVision"),
  [/OLLAMA_HOST \(or baseUrl\)/g, "the backend's baseUrl, or OLLAMA_BACKEND_URL"],
  [/give them as apiKey or headers/g, "give the password as apiKey, or both as the header authorization in headers"],
  [
    /give (openai|gemini)\(\{ apiKey \}\), or set (\w+)(?: or \w+)? before the backend is made/g,
    "give it one with POST /providers/$1/configure, or start the server with $2",
  ],
];

function declaring(capability: string, field: string): readonly [RegExp, string] {
  return [
    new RegExp(`declare it with capabilities: \\{ ${capability}: true \\}`, "g"),
    `declare it with "${field}": true in POST /models, or in PUT /models/{id} where it is declared already`,
  ];
}

/** An error for those who cannot change the program: with what they can do, and with the names that they gave. */
export function outwardReply(surface: Given, reply: JsonReply): JsonReply {
  // Safe: both makers of errors' replies make this body.
  const { error, ...rest } = reply.json as ErrorBody;
  const message = outward(surface, error.message);
  return message === error.message ? reply : { ...reply, json: { ...rest, error: { ...error, message } } };
}

export function outward({ runtime }: Given, message: string): string {
  let text = message;
  for (const [advice, instead] of ADVICE) text = text.replace(advice, instead);
  // Backends and groups that come over REST have ids that nobody chose.
  if (!UUID.test(text)) return text;
  for (const { id, value } of [...runtime.backends.list(), ...runtime.groups.list()])
    if (value.name !== undefined && value.name !== id) text = text.replaceAll(id, value.name);
  return text;
}

const UUID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/i;
