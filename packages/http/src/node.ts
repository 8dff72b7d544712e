export { isThisMachine } from "./node/is-this-machine.ts";
export { type ServedHttp, type ServeHttpOptions, serveHttp } from "./node/serve-http.ts";
