import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/describe-backend.ts", "src/node.ts", "src/to-msw-handlers.ts"],
  format: "esm",
  target: "es2023",
  clean: true,
  dts: false,
});
