import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts", "src/express.ts", "src/hono.ts"],
  format: "esm",
  target: "es2023",
  clean: true,
  dts: false,
});
