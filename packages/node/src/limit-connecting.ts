import type { Agent } from "node:http";

/**
 * Gives up connections that are not there in time. Node has no such limit: a server that drops packets, or never begins its part of TLS, is
 * waited for as long as the operating system pleases.
 *
 * @param event What a connection says when requests may be sent.
 */
export function limitConnecting<Kind extends Agent>(
  agent: Kind,
  event: "connect" | "secureConnect",
  timeoutMs: number,
): Kind {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    if (socket === null || socket === undefined) return socket;
    const timer = setTimeout(() => socket.destroy(tooSlow(timeoutMs)), timeoutMs);
    const stop = () => clearTimeout(timer);
    socket.once(event, stop);
    socket.once("close", stop);
    return socket;
  };
  return agent;
}

/** With the code that the system itself has for it, so that whoever knows that one knows this one. */
function tooSlow(timeoutMs: number): Error {
  return Object.assign(new Error(`there was no connection within ${timeoutMs} ms (connectTimeoutMs)`), {
    code: "ETIMEDOUT",
  });
}
