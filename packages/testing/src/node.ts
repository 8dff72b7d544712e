export { type CassetteOptions, cassette } from "./cassette/cassette-file.ts";
export { type Served, type ServeOptions, serve } from "./serve.ts";
