import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { CommandIo } from "../command-io.ts";

const maxEntries = 1_000;
/** The file is cut down to `maxEntries` when it has grown beyond this many lines. */
const maxLines = 2 * maxEntries;

/** Statements of former sessions, in a file that is its owner's alone: `~/.local/state/millrace/sql_history`. */
export class SqlHistory {
  readonly #path: string;

  constructor(environment: CommandIo["environment"]) {
    const folder = environment["XDG_STATE_HOME"] || join(homedir(), ".local", "state");
    this.#path = environment["MILLRACE_SQL_HISTORY"] || join(folder, "millrace", "sql_history");
  }

  /** The newest first, as Node's readline wants it. */
  async read(): Promise<string[]> {
    const text = await readFile(this.#path, "utf8").catch(() => "");
    const lines = text.split("\n").filter((line) => line !== "");
    if (lines.length > maxLines)
      await writeFile(this.#path, `${lines.slice(-maxEntries).join("\n")}\n`, { mode: 0o600 });
    return lines.slice(-maxEntries).reverse();
  }

  /** One line a statement, its line breaks taken out. History that cannot be kept is no reason to stop. */
  async add(statement: string): Promise<void> {
    const line = oneLine(statement);
    if (line === "") return;
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 })
      .then(() => appendFile(this.#path, `${line}\n`, { mode: 0o600 }))
      .catch(() => undefined);
  }
}

/** The same statement on one line: comments to the end of a line would swallow what follows, so such statements stay out. */
export function oneLine(statement: string): string {
  if (statement.includes("\n") && /--|'[^']*\n[^']*'/.test(statement)) return "";
  return statement.replaceAll(/\s*\n\s*/g, " ").trim();
}
