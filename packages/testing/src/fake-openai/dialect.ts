/**
 * Whose server it is. `vllm` tells each model's context length and has other errors; `vllm-flat` is vLLM before its errors had
 * OpenAI's shape.
 */
export type OpenAIDialect = "openai" | "vllm" | "vllm-flat";

export interface Failure {
  readonly status: number;
  readonly message: string;
  /** OpenAI's `code`, such as `model_not_found`. */
  readonly code?: string;
  /** The parameter that is wrong. */
  readonly param?: string;
}

/** An error as the server of this dialect tells it. */
export function failed(dialect: OpenAIDialect, { status, message, code, param }: Failure): Response {
  if (dialect === "openai") {
    return json(
      { error: { message, type: openaiType(status), param: param ?? null, code: code ?? openaiCode(status) } },
      status,
    );
  }
  // Keys are looked at before anything that knows of errors' shapes.
  if (status === 401) return json({ error: message }, status);
  const error = { message, type: VLLM_TYPES[status] ?? "InternalServerError", param: param ?? null, code: status };
  return json(dialect === "vllm" ? { error } : { object: "error", ...error }, status);
}

/** The error as it comes inside a stream that has begun. */
export function failedEvent(dialect: OpenAIDialect, { status, message, code }: Failure): object {
  if (dialect === "openai")
    return { error: { message, type: openaiType(status), param: null, code: code ?? openaiCode(status) } };
  const error = { message, type: VLLM_TYPES[status] ?? "InternalServerError", param: null, code: status };
  return dialect === "vllm" ? { error } : { object: "error", ...error };
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

function openaiType(status: number): string {
  if (status === 429) return "requests";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

function openaiCode(status: number): string | null {
  return { 401: "invalid_api_key", 404: "model_not_found", 429: "rate_limit_exceeded" }[status] ?? null;
}

const VLLM_TYPES: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  403: "PermissionDeniedError",
  404: "NotFoundError",
  429: "RateLimitError",
  503: "ServiceUnavailableError",
};
