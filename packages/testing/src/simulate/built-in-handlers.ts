import { createRuntime, type HandlerSpec } from "@catenary/core";

/** The kinds of task that there are by themselves: what a runtime knows that was given nothing. */
export const BUILT_IN_HANDLERS: ReadonlyMap<string, HandlerSpec> = createRuntime().knownNames().handlers;
