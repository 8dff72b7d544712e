import { z } from "zod";
import type { ReplyDoc } from "../route.ts";

export const notFoundDoc: ReplyDoc = { description: "There is none of this id." };
export const takenDoc: ReplyDoc = {
  description: "Another one has this name, id or address; or it is part of the program and read-only.",
};
export const refusedDoc: ReplyDoc = { description: "The body is not what is expected." };
export const immutableDoc: ReplyDoc = { description: "The runtime needs it as it is." };

export const pageQuery = z.object({
  limit: z.string().optional().describe("How many at most; default 100."),
  cursor: z
    .string()
    .optional()
    .describe("Only what was made before this time: the createdAt of the last item, or the header x-next-cursor."),
});

export const pageTooLongDoc: ReplyDoc = { description: "limit is above 1,000." };

/** A page of a list. */
export function pageDoc(description: string, schema: z.ZodType): ReplyDoc {
  return { description, schema, headers: { "x-next-cursor": "The cursor of the next page, where there is one." } };
}
