import type { RuntimeOptions } from "@catenary/core";
import type { HttpOptions } from "@catenary/http";

/** What `catenary serve` and `catenary run` are told in code. Flags and the environment win over it. */
export interface CatenaryConfig
  extends Pick<
      RuntimeOptions,
      | "backends"
      | "backendTypes"
      | "chains"
      | "hooks"
      | "handlers"
      | "policies"
      | "groups"
      | "models"
      | "defaults"
      | "pull"
      | "syncEveryMs"
      | "tokens"
      | "stepBudget"
      | "store"
      | "fetch"
    >,
    Pick<HttpOptions, "mount" | "keys" | "hosts" | "origins" | "limits"> {
  /** Default 8081. */
  readonly port?: number;
  /** The address to listen at. Default `127.0.0.1`. */
  readonly host?: string;
  /** The folder in which everything is kept, from the current one. False: in memory. Default `.catenary`. */
  readonly data?: string | false;
}
