export { type ServedHttp, type ServeHttpOptions, serveHttp } from "./node/serve-http.ts";
