export type { ExpectedCall, RecordedCall, RecordedChatCall, RecordedEmbedCall } from "./scripted/recorded-call.ts";
export type { ModelList, ScriptedBackend, ScriptedBackendSettings } from "./scripted/scripted-backend.ts";
export { scriptedBackend } from "./scripted/scripted-backend.ts";
export type {
  ReplyContent,
  ReplyScript,
  ScriptedError,
  ScriptedReply,
  ScriptedToolCall,
} from "./scripted/scripted-reply.ts";
export type { VirtualClock, VirtualClockOptions } from "./virtual-clock.ts";
export { createVirtualClock } from "./virtual-clock.ts";
