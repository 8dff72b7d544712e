export type { Cassette, CassetteCall } from "./cassette/cassette.ts";
export { parseCassette, printCassette } from "./cassette/cassette-text.ts";
export { type RecordCassetteOptions, type RecordingBackend, recordCassette } from "./cassette/record-cassette.ts";
export type { RecordedError } from "./cassette/recorded-error.ts";
export { type ReplayCassetteOptions, replayCassette } from "./cassette/replay-cassette.ts";
export type { GeminiFailure } from "./fake-gemini/failed.ts";
export type { FakeGeminiAnswer, FakeGeminiAnswerFields } from "./fake-gemini/fake-gemini-answer.ts";
export type { FakeGeminiModel } from "./fake-gemini/fake-gemini-model.ts";
export type { FakeGeminiQuestion } from "./fake-gemini/fake-gemini-question.ts";
export type { FakeGemini, FakeGeminiOptions } from "./fake-gemini.ts";
export { createFakeGemini } from "./fake-gemini.ts";
export type { FakeOllamaAnswer } from "./fake-ollama/fake-answer.ts";
export type { FakeOllamaModel, OllamaCapability } from "./fake-ollama/fake-model.ts";
export type { FakeOllamaQuestion } from "./fake-ollama/fake-question.ts";
export type { FakeOllama, FakeOllamaOptions } from "./fake-ollama.ts";
export { createFakeOllama } from "./fake-ollama.ts";
export type { OpenAIDialect } from "./fake-openai/dialect.ts";
export type { FakeOpenAIAnswer, FakeOpenAIAnswerFields } from "./fake-openai/fake-openai-answer.ts";
export type { FakeOpenAIModel } from "./fake-openai/fake-openai-model.ts";
export type { FakeOpenAIQuestion } from "./fake-openai/fake-openai-question.ts";
export type { FakeOpenAI, FakeOpenAIOptions } from "./fake-openai.ts";
export { createFakeOpenAI } from "./fake-openai.ts";
export type { FakeServer, RecordedRequest } from "./fake-server.ts";
export type { ErrorShape, Fault, Faults } from "./faults.ts";
export { createFaults } from "./faults.ts";
export { assertNotReached, assertPath, assertReached } from "./path/assert-path.ts";
export type { RunWithChain, RunWithSteps } from "./path/taken-path.ts";
export { recordRequest } from "./record-request.ts";
export { sampleOfSchema } from "./sample-of-schema.ts";
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
export type {
  Answer,
  AnswerFunction,
  FailAnswer,
  GivenAnswers,
  HandlerAnswer,
  ModelAnswer,
  PlainAnswer,
  SimulatedAttempt,
  ValueAnswer,
} from "./simulate/answer.ts";
export { assertAnswersUsed } from "./simulate/assert-answers-used.ts";
export { simulate } from "./simulate/simulate.ts";
export type { GivenSimulation, SimulateOptions } from "./simulate/simulate-options.ts";
export type { SimulatedPrompt, Simulation, UnusedAnswers } from "./simulate/simulation.ts";
export type { StandIn, StandInSettings } from "./stand-in/stand-in.ts";
export { standIn } from "./stand-in/stand-in.ts";
export type { Counted, CountedTransition } from "./transition-coverage/counted.ts";
export { type CompletenessOptions, type Coverage, createCoverage } from "./transition-coverage/create-coverage.ts";
export type { CoveredRun } from "./transition-coverage/passages-of.ts";
export type { VirtualClock, VirtualClockOptions } from "./virtual-clock.ts";
export { createVirtualClock } from "./virtual-clock.ts";
