/** What clients are told where what the server keeps cannot be read or changed. Where it is kept only the log tells. */
export interface StoreTrouble {
  readonly status: 500 | 503;
  readonly message: string;
}

const UNREADABLE: StoreTrouble = {
  status: 500,
  message:
    "what the server keeps cannot be opened: its log says why, under this request's id, for whoever runs the server",
};

/** By the code of the error, which is told too. */
const TROUBLES: ReadonlyMap<string, StoreTrouble> = new Map([
  [
    "database_busy",
    { status: 503, message: "another process is writing to what the server keeps, and nothing was changed: ask again" },
  ],
  [
    "database_full",
    {
      status: 503,
      message:
        "there is no room where the server keeps what is registered, and nothing was changed: ask again when whoever runs the server has made some",
    },
  ],
  [
    "database_readonly",
    {
      status: 503,
      message:
        "the server may not write where it keeps what is registered, and nothing was changed: ask again when whoever runs the server has made its data folder writable",
    },
  ],
  [
    "database_failed",
    {
      status: 500,
      message:
        "what the server keeps could not be read or changed: its log says why, under this request's id, for whoever runs the server",
    },
  ],
  ["database_corrupt", { ...UNREADABLE, message: `${UNREADABLE.message}. The file is damaged` }],
  ["path_refused", UNREADABLE],
  ["not_catenary", UNREADABLE],
  ["format_newer", UNREADABLE],
  ["database_in_use", UNREADABLE],
  ["database_closed", UNREADABLE],
]);

/** Undefined for the codes of other errors. */
export function storeTroubleOf(code: string): StoreTrouble | undefined {
  return TROUBLES.get(code);
}
