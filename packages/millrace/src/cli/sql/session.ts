import type pg from "pg";
import { messageOf } from "../../core/errors.ts";
import type { CommandIo } from "../command-io.ts";
import { failureText } from "./failure-text.ts";
import { cancelQuery, type Finished, runQuery, type SqlFailure } from "./query.ts";
import { type ResultForm, resultSink } from "./result-sinks.ts";
import { connectWarehouse, type WarehouseAddress } from "./warehouse-client.ts";

/** How results are shown. Backslash commands change it. */
export interface SessionSettings {
  form: ResultForm;
  showsTiming: boolean;
  /** Whether `(3 rows)` and `INSERT 3` are printed. */
  showsSummary: boolean;
}

/** A connection on which statements run one after the other, and whose results are printed. */
export class SqlSession {
  readonly settings: SessionSettings;
  readonly #io: CommandIo;
  readonly #findAddress: () => Promise<WarehouseAddress>;
  #client: pg.Client | undefined;
  #address: WarehouseAddress | undefined;
  #isRunning = false;

  /** @param findAddress Asked for each connection: temporary credentials end. */
  constructor(io: CommandIo, findAddress: () => Promise<WarehouseAddress>, settings: SessionSettings) {
    this.#io = io;
    this.#findAddress = findAddress;
    this.settings = settings;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** @throws CommandError */
  async connect(): Promise<WarehouseAddress> {
    if (this.#client !== undefined && this.#address !== undefined) return this.#address;
    const address = await this.#findAddress();
    const client = await connectWarehouse(address);
    client.on("notice", ({ severity, message }) => this.#io.note(`${severity ?? "NOTICE"}:  ${message}`));
    client.on("error", () => this.#lost(client));
    client.on("end", () => this.#lost(client));
    this.#client = client;
    this.#address = address;
    return address;
  }

  /** Runs a statement and prints what it answers. False when it failed, which has been said then. */
  async run(statement: string, form: ResultForm = this.settings.form): Promise<boolean> {
    await this.connect();
    const client = this.#client;
    if (client === undefined) return false;
    const startedMs = performance.now();
    const sink = resultSink(this.#io, form);
    this.#isRunning = true;
    try {
      const finished = await runQuery(client, statement, sink);
      sink.end();
      if (this.settings.showsSummary) this.#summarize(finished, form, performance.now() - startedMs);
      return true;
    } catch (error) {
      sink.end();
      this.#io.note(this.#io.noteStyle("red", textOf(error, statement)));
      return false;
    } finally {
      this.#isRunning = false;
    }
  }

  /** Asks the warehouse to stop the statement that runs. */
  cancel(): void {
    if (this.#client !== undefined && this.#address !== undefined && this.#isRunning)
      cancelQuery(this.#client, this.#address);
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#io.note("The connection is gone. The next statement makes a new one.");
  }

  #summarize({ command, rows, hasColumns }: Finished, form: ResultForm, ms: number): void {
    const isTable = form === "table" || form === "expanded";
    const changed = ["INSERT", "UPDATE", "DELETE"].includes(command) ? `${command} ${rows}` : command;
    const what = hasColumns ? `(${rows} ${rows === 1 ? "row" : "rows"})` : changed || "OK";
    const time = this.settings.showsTiming ? `  ${durationText(ms)}` : "";
    if (isTable) this.#io.print(this.#io.style("dim", `${what}${time}`));
  }
}

function textOf(error: unknown, statement: string): string {
  return error instanceof Error ? failureText(error as SqlFailure, statement) : messageOf(error);
}

function durationText(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1_000).toFixed(2)} s`;
}
