import type { Json, JsonObject } from "@catenary/core";
import type { RecordedModelCall, RecordedReply } from "../../../core/tests/seed/recordings.ts";

interface FakeModel {
  readonly name: string;
  readonly capabilities: readonly string[];
}

const MODELS: readonly FakeModel[] = [
  { name: "nomic-embed-text:latest", capabilities: ["embedding"] },
  { name: "phi3:3.8b", capabilities: ["completion"] },
  { name: "smollm2:135m", capabilities: ["completion"] },
];

const DETAILS = {
  format: "gguf",
  family: "llama",
  families: ["llama"],
  parameter_size: "135M",
  quantization_level: "Q4_1",
};

/** The Ollama server of the recordings. Replies are given in their order, whatever kind of call asks; with none left it echoes. */
export class FakeModelServer {
  readonly calls: RecordedModelCall[] = [];
  readonly replies: RecordedReply[] = [];

  readonly handle = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === "/api/tags") return Response.json({ models: MODELS.map(listed) });
    if (pathname === "/api/ps") return Response.json({ models: [] });
    const body: JsonObject = await request.json();
    if (pathname === "/api/show") return show(body);
    if (pathname === "/api/chat") return this.#chat(body);
    if (pathname === "/api/embed") return this.#embed(body);
    return Response.json({ error: "not found" }, { status: 404 });
  };

  #chat({ model, messages, options, stream }: JsonObject): Response {
    // Safe: our own adapter sent it.
    const said = messages as unknown as readonly JsonObject[];
    this.calls.push({
      kind: "chat",
      model: String(model),
      messages: said,
      options: (options ?? {}) as JsonObject,
    });
    const last = said.at(-1)?.content ?? "";
    const reply = this.replies.shift() ?? { text: `echo: ${String(last)}` };
    if (isFailure(reply)) return failure(reply);
    const message = {
      role: "assistant",
      content: reply.text ?? "",
      ...(reply.toolCalls !== undefined && { tool_calls: reply.toolCalls }),
    };
    const head = { model: String(model), created_at: "2025-09-05T00:00:00Z" };
    const end = { done: true, done_reason: reply.doneReason ?? "stop", prompt_eval_count: 1, eval_count: 1 };
    if (stream === false) return Response.json({ ...head, message, ...end });
    const empty = { role: "assistant", content: "" };
    const lines: Json[] = [
      { ...head, message: message as unknown as Json, done: false },
      { ...head, message: empty, ...end },
    ];
    return new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join(""), {
      headers: { "content-type": "application/x-ndjson" },
    });
  }

  #embed({ model, input }: JsonObject): Response {
    const [text] = Array.isArray(input) ? input : [input];
    this.calls.push({ kind: "embed", model: String(model), prompt: String(text) });
    const reply = this.replies.shift() ?? {};
    if (isFailure(reply)) return failure(reply);
    return Response.json({ model: String(model), embeddings: [reply.embedding ?? [0.1, 0.2, 0.3]] });
  }
}

function listed({ name }: FakeModel): JsonObject {
  return {
    name,
    model: name,
    modified_at: "2025-09-05T00:00:00Z",
    size: 1000,
    digest: `sha256:${Buffer.from(name).toString("hex")}`,
    details: DETAILS,
  };
}

function show({ model }: JsonObject): Response {
  const found = MODELS.find(({ name }) => name === model);
  if (found === undefined) return Response.json({ error: `model '${String(model)}' not found` }, { status: 404 });
  const { capabilities } = found;
  return Response.json({ details: DETAILS, capabilities, model_info: { "llama.context_length": 2048 } });
}

function isFailure({ status = 200 }: RecordedReply): boolean {
  return status !== 200;
}

function failure({ status = 500, error = "" }: RecordedReply): Response {
  return Response.json({ error }, { status });
}
