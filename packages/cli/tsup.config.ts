import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/catenary.ts"],
  format: "esm",
  target: "es2023",
  clean: true,
  dts: false,
});
