import { HookError } from "../../errors/hook-error.ts";

/** Refuses settings of which no request can be made. */
export function refuseRequest(problem: string): never {
  throw new HookError("hook_request_invalid", `This remote hook can never be called: ${problem}`, { failure: "chain" });
}
