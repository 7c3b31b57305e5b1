import type { RedshiftData } from "@aws-sdk/client-redshift-data";
import { type Run, type Runner, RunnerStore } from "../run-state.ts";
import type { SqlStatement } from "../sql/statements.ts";
import { finished, placeInput, readResult, type WarehousePlace } from "./warehouse-rows.ts";

/** Long enough to think between two statements of a transaction. */
const sessionSeconds = 1_800;
const maxRows = 10_000;
const notRun = "It was not run, because a statement before it did not end well.";
const statementName = "console query editor";

/**
 * Runs the statements of a tab one after the other through the Data API, in a session of the tab's own: settings,
 * temporary tables and transactions last from one run to the next.
 */
export class WarehouseRunner implements Runner {
  readonly store: RunnerStore = new RunnerStore();
  readonly #client: () => Promise<RedshiftData>;
  #session: { readonly place: string; readonly id: string } | undefined;
  #place: WarehousePlace | undefined;
  /** Somebody may be quicker than the list of clusters: what they run waits for it. */
  readonly #placed = Promise.withResolvers<void>();
  #running: string | undefined;
  #isStopped = false;

  constructor(client: () => Promise<RedshiftData>) {
    this.#client = client;
  }

  at(place: WarehousePlace): void {
    this.#place = place;
    this.#placed.resolve();
  }

  /** The next statement begins a session of its own; the one before ends when it has been idle for long. */
  async startAnew(): Promise<void> {
    this.#session = undefined;
  }

  async run(statements: readonly SqlStatement[]): Promise<void> {
    if (this.store.snapshot().isRunning) return;
    this.#isStopped = false;
    const startedAt = Date.now();
    this.store.set({
      isRunning: true,
      runs: statements.map((statement): Run => ({ statement, status: "waiting", startedAt })),
    });
    await this.#placed.promise;
    const place = this.#place;
    if (place !== undefined)
      for (const index of statements.keys()) if (!(await this.#one(index, place))) break;
    // What stands behind a failed statement is not run.
    const why = this.#isStopped ? {} : { message: notRun };
    const runs = this.store
      .snapshot()
      .runs.map((run): Run => (run.status === "waiting" ? { ...run, status: "stopped", ...why } : run));
    this.store.set({ runs, isRunning: false });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#placed.resolve();
    const id = this.#running;
    if (id !== undefined) await (await this.#client()).cancelStatement({ Id: id });
  }

  /** What a statement answered can be read for a day, but the editor does not look for it. */
  async resume(): Promise<void> {}

  leave(): void {
    this.#isStopped = true;
  }

  async dispose(): Promise<void> {
    await this.stop();
  }

  /** Whether the next one may run. */
  async #one(index: number, place: WarehousePlace): Promise<boolean> {
    const sql = this.store.snapshot().runs[index]?.statement.text ?? "";
    if (this.#isStopped) {
      this.store.change(index, { status: "stopped" });
      return true;
    }
    this.store.change(index, { status: "running", startedAt: Date.now() });
    try {
      const client = await this.#client();
      const id = await this.#execute(client, place, sql);
      this.#running = id;
      this.store.change(index, { id });
      // Stop may have been asked for before there was anything to be stopped.
      if (this.#isStopped) await client.cancelStatement({ Id: id });
      const done = await finished(client, id);
      const durationMs = (done.Duration ?? 0) / 1e6;
      if (done.Status !== "FINISHED") {
        const status = done.Status === "ABORTED" ? "stopped" : "failed";
        this.store.change(index, { status, durationMs, ...(done.Error && { message: done.Error }) });
        return false;
      }
      const table = done.HasResultSet === true ? await readResult(client, id, maxRows) : undefined;
      const changed = done.ResultRows ?? -1;
      this.store.change(index, {
        status: "finished",
        durationMs,
        ...(table !== undefined && { table }),
        ...(table === undefined && changed >= 0 && { changedRows: changed }),
      });
      return true;
    } catch (error) {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      this.store.change(index, { status: "failed", message });
      return false;
    } finally {
      this.#running = undefined;
    }
  }

  /** In the tab's session; one that has ended is begun anew. */
  async #execute(client: RedshiftData, place: WarehousePlace, sql: string): Promise<string> {
    const key = JSON.stringify(place);
    const kept = this.#session?.place === key ? this.#session : undefined;
    const common = { Sql: sql, StatementName: statementName };
    if (kept !== undefined) {
      try {
        const { Id = "" } = await client.executeStatement({
          ...common,
          SessionId: kept.id,
          SessionKeepAliveSeconds: sessionSeconds,
        });
        return Id;
      } catch (error) {
        if (!(error instanceof Error) || !/session/i.test(error.message)) throw error;
        this.#session = undefined;
      }
    }
    const { Id = "", SessionId } = await client.executeStatement({
      ...common,
      ...placeInput(place),
      SessionKeepAliveSeconds: sessionSeconds,
    });
    if (SessionId !== undefined) this.#session = { place: key, id: SessionId };
    return Id;
  }
}
