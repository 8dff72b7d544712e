import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { chainChatRoutes } from "./chain-chat-routes.ts";
import { openaiModelRoutes } from "./openai-model-routes.ts";
import { v1ChatRoutes } from "./v1-chat-routes.ts";
import { v1EmbeddingRoutes } from "./v1-embedding-routes.ts";
import { v1ModelRoutes } from "./v1-model-routes.ts";

/** What OpenAI's clients ask: chains below `/openai`, routed models below `/v1`. */
export function openaiRoutes(surface: Surface): readonly Route[] {
  return [
    ...chainChatRoutes(surface),
    ...openaiModelRoutes(surface),
    ...v1ChatRoutes(surface),
    ...v1EmbeddingRoutes(surface),
    ...v1ModelRoutes(surface),
  ];
}
