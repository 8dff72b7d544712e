import { runStory } from "./run-story.ts";
import { openSite } from "./site.ts";

// Whoever reads our output, such as head, may have seen enough.
process.stdout.on("error", () => process.exit());

const site = await openSite(process.env);
try {
  await runStory(site, (line) => console.log(line));
} finally {
  await site.close();
}
