export { type ExpressMiddleware, toExpress } from "./node/to-express.ts";
