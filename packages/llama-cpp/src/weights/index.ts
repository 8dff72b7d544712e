export { CATALOGUE, type HubSource, type KnownModel, type PackageSource, type WeightsSource } from "./catalogue.ts";
export type { ChangedWeights, FetchedWeights } from "./fetched-weights.ts";
export { type ModelFileOptions, openModelFile, STOPPED_FETCH } from "./open-model-file.ts";
export { openWeights, type PullOptions, type Weights, type WeightsOptions } from "./open-weights.ts";
export { inMegabytes, type ProgressOutput, type ShownProgress, showProgress } from "./show-progress.ts";
export { isModelPath } from "./wanted-weights.ts";
export { weights } from "./weights.ts";
export { WeightsError, type WeightsErrorCode } from "./weights-error.ts";
export type { CheckedAgainst } from "./weights-record.ts";
