import type { CommandIo } from "../command-io.ts";

/** What is said about a Millrace that has started. */
export interface StartedState {
  readonly version: string;
  readonly url: string;
  /** Undefined where it is not served. */
  readonly console: string | undefined;
  readonly sql: { readonly host: string; readonly port: number } | undefined;
  /** As it was configured. */
  readonly data: string;
  readonly durability: "sync" | "interval" | "memory";
  readonly auth: "trust" | "verify";
  readonly account: string;
  readonly startMs: number;
  /** The root credential that this start has made. */
  readonly root:
    | { readonly account: string; readonly accessKeyId: string; readonly secretKey: string }
    | undefined;
  /** Whether LocalStack's variables are set: then somebody waits for its line `Ready.`. */
  readonly isForLocalStackClients: boolean;
  /** The configuration file. */
  readonly config: string | undefined;
}

export type Style = Pick<CommandIo, "style">;

const labelColumns = 11;

/** For a person at a terminal: where everything is. */
export function summary(state: StartedState, io: Style): readonly string[] {
  const row = (label: string, value: string, note = ""): string =>
    `  ${io.style("dim", label.padEnd(labelColumns))}${value}${note === "" ? "" : `  ${io.style("dim", note)}`}`;
  const link = (text: string): string => io.style("cyan", text);
  const seconds = `${(state.startMs / 1000).toFixed(1)} s`;
  return [
    "",
    `  ${io.style("bold", "Millrace")} ${state.version}  ${io.style("green", "ready")} ${io.style("dim", `in ${seconds}`)}`,
    "",
    row("AWS APIs", link(state.url)),
    ...(state.sql === undefined ? [] : [row("Redshift", link(`${state.sql.host}:${state.sql.port}`))]),
    ...(state.console === undefined ? [] : [row("Console", link(state.console))]),
    row("Data", dataText(state), durabilityNote(state)),
    ...(state.config === undefined ? [] : [row("Settings", state.config)]),
    ...keyRows(state, row),
    "",
  ];
}

function dataText({ durability, data }: StartedState): string {
  return durability === "memory" ? "in memory" : data;
}

function durabilityNote({ durability }: StartedState): string {
  if (durability === "memory") return "gone at the end";
  return durability === "interval" ? "synced in intervals" : "";
}

function keyRows(
  { auth, root, account }: StartedState,
  row: (label: string, value: string, note?: string) => string,
): readonly string[] {
  if (root !== undefined)
    return [
      row("Root keys", `AWS_ACCESS_KEY_ID=${root.accessKeyId}`),
      row("", `AWS_SECRET_ACCESS_KEY=${root.secretKey}`),
      row("", `of account ${root.account}; shown this once`),
    ];
  if (auth === "verify") return [row("Keys", "signatures and policies are checked")];
  return [row("Keys", "any, such as test / test", `account ${account}`)];
}

/** For programs that read lines: `Millrace is ready at` comes last. */
export function plainLines({ root, sql, url, isForLocalStackClients }: StartedState): readonly string[] {
  return [
    ...(root === undefined
      ? []
      : [
          `The root credential of account ${root.account}, shown this once:`,
          `  AWS_ACCESS_KEY_ID=${root.accessKeyId}`,
          `  AWS_SECRET_ACCESS_KEY=${root.secretKey}`,
        ]),
    ...(sql === undefined ? [] : [`Redshift takes SQL clients on ${sql.host} port ${sql.port}`]),
    ...(isForLocalStackClients ? ["Ready."] : []),
    `Millrace is ready at ${url}`,
  ];
}

/** For programs that read JSON: one object. */
export function jsonLine(state: StartedState): object {
  const { version, url, console, sql, data, durability, auth, account, root } = state;
  return {
    version,
    pid: process.pid,
    url,
    console: console ?? null,
    sql: sql ?? null,
    data: durability === "memory" ? null : data,
    durability,
    auth,
    account,
    rootCredential: root ?? null,
  };
}

export interface Hotkey {
  readonly key: string;
  readonly label: string;
}

export const hotkeys: readonly Hotkey[] = [
  { key: "o", label: "open console" },
  { key: "q", label: "query" },
  { key: "r", label: "reset" },
  { key: "s", label: "snapshot" },
  { key: "v", label: "requests" },
  { key: "h", label: "help" },
  { key: "x", label: "exit" },
];

/** The keys side by side, on as many lines as the window needs. */
export function hotkeyLines(keys: readonly Hotkey[], columns: number, io: Style): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const { key, label } of keys) {
    const width = key.length + 1 + label.length + 3;
    if (used > 0 && used + width > columns - 2) {
      lines.push(line);
      line = "";
      used = 0;
    }
    line += `${io.style(["bold", "cyan"], key)} ${io.style("dim", label)}   `;
    used += width;
  }
  return [...lines, line].map((text) => `  ${text.trimEnd()}`);
}
