const DATE = String.raw`\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))`;
const TIME = String.raw`([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{3})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)`;
const BYTE = String.raw`(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const HOST = String.raw`([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}`;

/** A format as a pattern. */
export interface Format {
  readonly pattern: string;
  /** How many characters it has where nobody says how many: without, a model may go on for ever. */
  readonly most?: number;
}

/** Formats that a grammar can spell, in their plainest texts: days that every year has, lower case, addresses of the web. */
export const FORMATS: Readonly<Record<string, Format>> = {
  date: { pattern: `^${DATE}$` },
  time: { pattern: `^${TIME}$` },
  "date-time": { pattern: `^${DATE}T${TIME}$` },
  uuid: { pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" },
  ipv4: { pattern: String.raw`^(${BYTE}\.){3}${BYTE}$` },
  email: { pattern: String.raw`^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@${HOST}$`, most: 64 },
  uri: {
    pattern: String.raw`^https?://${HOST}(:[1-9]\d{1,3})?(/[A-Za-z0-9._~-]+)*/?(\?[A-Za-z0-9._~=&-]+)?(#[A-Za-z0-9._~-]+)?$`,
    most: 120,
  },
};
