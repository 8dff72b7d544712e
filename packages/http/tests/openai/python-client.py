"""What programs do with OpenAI's own client for Python, against a served runtime. Prints one JSON object."""

import json
import sys

from openai import BadRequestError, NotFoundError, OpenAI

url = sys.argv[1]
routed = OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
chain = OpenAI(base_url=f"{url}/openai/respond/v1", api_key="none", max_retries=0)
ask = {"model": "scripted", "messages": [{"role": "user", "content": "q"}]}


def failure(kind, call):
    try:
        call()
    except kind as error:
        return error.code
    return None


def streamed(client):
    text, usage = [], None
    for chunk in client.chat.completions.create(**ask, stream=True, stream_options={"include_usage": True}):
        text += [choice.delta.content for choice in chunk.choices if choice.delta.content]
        usage = chunk.usage or usage
    return {"text": "".join(text), "total": usage.total_tokens if usage else None}


def called(client):
    tools = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]
    choice = client.chat.completions.create(**ask, tools=tools).choices[0]
    call = choice.message.tool_calls[0]
    return [choice.finish_reason, call.id, call.function.name, call.function.arguments]


def whole(client):
    completion = client.chat.completions.create(**ask)
    message = completion.choices[0].message
    return [message.role, message.content, completion.model, completion.usage.total_tokens > 0]


print(
    json.dumps(
        {
            "models": [model.id for model in routed.models.list()],
            "routed": [whole(routed), streamed(routed), called(routed)],
            "chain": [whole(chain), streamed(chain), called(chain)],
            "vector": routed.embeddings.create(model="scripted", input="a").data[0].embedding,
            "unknown": failure(NotFoundError, lambda: routed.chat.completions.create(**{**ask, "model": "none"})),
            "refused": failure(BadRequestError, lambda: routed.chat.completions.create(**{**ask, "messages": []})),
        }
    )
)
