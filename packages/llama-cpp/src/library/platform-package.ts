/** The machine, as Node names it. */
export interface Platform {
  readonly os: string;
  readonly cpu: string;
}

/** For each machine the package with llama.cpp's binary for its processor. Metal is part of the one for Apple's. */
const PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-arm": "linux-armv7l",
  "linux-riscv64": "linux-riscv64",
  "darwin-arm64": "mac-arm64-metal",
  "darwin-x64": "mac-x64",
  "win32-x64": "win-x64",
  "win32-arm64": "win-arm64",
};

/** The package with the binary for a machine, or undefined where none is published. */
export function platformPackage({ os, cpu }: Platform): string | undefined {
  const name = PACKAGES[`${os}-${cpu}`];
  return name === undefined ? undefined : `@node-llama-cpp/${name}`;
}

/**
 * The command that installs node-llama-cpp with the binary for this machine and without those for graphics cards.
 *
 * @param version What the binary must be of: the same as node-llama-cpp itself.
 */
export function installCommand(platform: Platform, version = ""): string {
  const suffix = version === "" ? "" : `@${version}`;
  const names = ["node-llama-cpp", platformPackage(platform)].filter((name) => name !== undefined);
  return `npm install --omit=optional ${names.map((name) => `${name}${suffix}`).join(" ")}`;
}
