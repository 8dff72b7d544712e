import type { RuntimeOptions } from "@catenary/core";
import type { CatenaryConfig } from "./catenary-config.ts";

/** What of a configuration is for the runtime, and not for the server around it. */
export function runtimeParts(config: CatenaryConfig): RuntimeOptions {
  const { mount: _mount, keys: _keys, hosts: _hosts, origins: _origins, limits: _limits, ...rest } = config;
  const { port: _port, host: _host, data: _data, ...parts } = rest;
  return parts;
}
