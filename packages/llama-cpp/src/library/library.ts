/** What node-llama-cpp exports. Only its types are known before somebody asks for a model. */
export type Library = typeof import("node-llama-cpp");

/** Loads node-llama-cpp. */
export type LoadLibrary = () => Promise<Library>;

/** Which hardware computes. */
export type Gpu = "auto" | "metal" | "cuda" | "vulkan" | false;
