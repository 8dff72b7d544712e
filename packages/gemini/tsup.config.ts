import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/default-fetch.ts", "src/default-fetch.node.ts"],
  format: "esm",
  target: "es2023",
  clean: true,
  dts: false,
  // Which of the two files it means is decided where the package is used.
  external: ["#default-fetch"],
});
