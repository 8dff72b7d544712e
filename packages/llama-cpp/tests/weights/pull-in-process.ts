import { openWeights } from "../../src/weights/index.ts";

// Fetches in a process of its own: argv has the folder and what to fetch. Says what it sees, one JSON a line.
const [folder = "", name = ""] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const { path } = await openWeights({ folder, beatMs: 250 }).pull(name, {
  onProgress: (progress) => say({ progress }),
});
say({ path });
