/** The type of these backends, and the name under which calls have options of their own. */
export const PROVIDER = "llama-cpp";
