import type { RouterOptions } from "../call/routed-call.ts";
import { meantCandidates } from "./meant-candidates.ts";

type Urls = Record<string, RegExp[]>;

/** The addresses of files that every model can read which may take a router's calls, by the files' media types. */
export async function commonUrls(options: RouterOptions): Promise<Urls> {
  const candidates = await meantCandidates(options);
  const each = await Promise.all(
    candidates.map(async ({ backend, model }): Promise<Urls> => {
      try {
        return await backend.languageModel(model.id).supportedUrls;
      } catch {
        return {};
      }
    }),
  );
  const [first, ...others] = each;
  if (first === undefined) return {};
  return others.reduce<Urls>(common, first);
}

function common(a: Urls, b: Urls): Urls {
  const both: Urls = {};
  for (const [type, patterns] of Object.entries(a)) {
    const others = new Set(b[type]?.map(String));
    const shared = patterns.filter((pattern) => others.has(String(pattern)));
    if (shared.length > 0) both[type] = shared;
  }
  return both;
}
