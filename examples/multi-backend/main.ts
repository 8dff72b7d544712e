import { runStory } from "./run-story.ts";
import { openSite } from "./site.ts";

const site = await openSite(process.env);
try {
  await runStory(site, (line) => console.log(line));
} finally {
  await site.close();
}
