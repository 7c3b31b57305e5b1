import { createInterface, type Interface } from "node:readline";
import { CommandError } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";
import { runBackslash } from "./backslash.ts";
import { oneLine, SqlHistory } from "./history.ts";
import type { SqlSession } from "./session.ts";
import { StatementSplitter } from "./statement-splitter.ts";

const continued = {
  code: "-",
  quote: "'",
  identifier: '"',
  dollar: "$",
  "line-comment": "-",
  "block-comment": "*",
} as const;

/** Reads statements from a terminal until Ctrl-D or `\q`. */
export async function sqlShell(session: SqlSession, io: CommandIo): Promise<void> {
  const { cluster, database, user, host, port } = await session.connect();
  const history = new SqlHistory(io.environment);
  const reader = createInterface({
    input: io.stdin,
    output: io.stdout,
    terminal: true,
    historySize: 1_000,
    history: await history.read(),
    removeHistoryDuplicates: true,
  });
  io.print(
    `Cluster ${cluster}, database ${database}, user ${user}, at ${host} port ${port}. \\? for help, \\q to quit.`,
  );
  try {
    await new Shell(reader, session, io, history, database).run();
  } finally {
    reader.close();
  }
}

/** What Node's readline lets one write, and its types do not. */
type WritableReader = Omit<Interface, "line" | "cursor"> & {
  line: string;
  cursor: number;
  readonly history?: string[];
};

class Shell {
  readonly #reader: WritableReader;
  readonly #session: SqlSession;
  readonly #io: CommandIo;
  readonly #history: SqlHistory;
  readonly #database: string;
  readonly #splitter = new StatementSplitter();
  readonly #lines: string[] = [];
  #isBusy = false;
  #isOver = false;

  constructor(reader: Interface, session: SqlSession, io: CommandIo, history: SqlHistory, database: string) {
    this.#reader = reader;
    this.#session = session;
    this.#io = io;
    this.#history = history;
    this.#database = database;
  }

  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.#isOver = true;
        if (!this.#isBusy) resolve();
      };
      this.#reader.on("close", end);
      this.#reader.on("SIGINT", () => this.#interrupt());
      this.#reader.on("line", (line) => {
        // What is remembered are whole statements: see #remember.
        if (this.#reader.history?.[0] === line) this.#reader.history.shift();
        this.#lines.push(line);
        if (this.#isBusy) return;
        this.#isBusy = true;
        void this.#work().then(() => {
          this.#isBusy = false;
          if (this.#isOver) resolve();
          else this.#prompt();
        }, reject);
      });
      this.#prompt();
    });
  }

  /** Ctrl-C stops what runs; with nothing running, it clears what has been typed. */
  #interrupt(): void {
    if (this.#session.isRunning) {
      this.#session.cancel();
      return;
    }
    this.#splitter.clear();
    this.#io.print("^C");
    this.#reader.line = "";
    this.#reader.cursor = 0;
    this.#prompt();
  }

  /** Works through the lines that are there: several come at once when text is pasted. */
  async #work(): Promise<void> {
    for (let line = this.#lines.shift(); line !== undefined && !this.#isOver; line = this.#lines.shift()) {
      if (this.#splitter.isEmpty && line.trimStart().startsWith("\\")) {
        await this.#remember(line.trim());
        if ((await runBackslash(line, this.#session, this.#io)) === "quit") {
          this.#isOver = true;
          this.#reader.close();
        }
        continue;
      }
      for (const statement of this.#splitter.add(`${line}\n`)) {
        await this.#remember(`${statement};`);
        await this.#run(statement);
      }
    }
  }

  /** A connection that cannot be made again is said, and asked for again by the next statement. */
  async #run(statement: string): Promise<void> {
    try {
      await this.#session.run(statement);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.#io.note(this.#io.noteStyle("red", error.message));
    }
  }

  /** The whole statement, not the lines that it was typed in. */
  async #remember(statement: string): Promise<void> {
    const entries = this.#reader.history;
    const line = oneLine(statement);
    if (entries !== undefined && line !== "" && entries[0] !== line) entries.unshift(line);
    await this.#history.add(statement);
  }

  #prompt(): void {
    const sign = this.#splitter.isEmpty ? "=" : continued[this.#splitter.within];
    this.#reader.setPrompt(`${this.#database}${sign}# `);
    this.#reader.prompt();
  }
}
