import { serveCatenary } from "./catenary.ts";
import { serveModels } from "./model-server.ts";
import { serveRelay } from "./relay.ts";

// One of our own servers in a process of its own, so that what it costs can be told from the rest. Prints its port, as those of the peers do.

const modelServer = process.env.UPSTREAM ?? "";
const name = process.argv[2];
const served = await (name === "catenary"
  ? serveCatenary(modelServer)
  : name === "relay"
    ? serveRelay(modelServer)
    : serveModels());
console.log(JSON.stringify({ port: served.port }));
