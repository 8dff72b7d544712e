import { createAdaptorServer } from "@hono/node-server";
import { testMountedApp } from "../../packages/http/tests/fixtures/test-mounted-app.ts";
import { createApp } from "./app.ts";

testMountedApp((runtime) => createAdaptorServer(createApp(runtime)).listen(0, "127.0.0.1"));
