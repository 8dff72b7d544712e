import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/conformance.ts", "src/node.ts", "src/to-msw-handlers.ts"],
  format: "esm",
  target: "es2023",
  clean: true,
  dts: false,
});
