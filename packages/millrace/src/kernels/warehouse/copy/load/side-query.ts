import type { DuckDBValue } from "@duckdb/node-api";
import type { EngineConnection } from "../../engine/engine-connection.ts";
import type { StatementContext } from "../../statements/statement-context.ts";

/** What comes before the engine has begun is lost on it. */
const interruptEveryMs = 20;

/**
 * Queries over files on a connection of their own: one that fails leaves the statement's transaction as it was.
 * They end when the statement is cancelled.
 */
export class SideQueries implements AsyncDisposable {
  readonly #connection: EngineConnection;
  readonly #context: StatementContext;

  private constructor(connection: EngineConnection, context: StatementContext) {
    this.#connection = connection;
    this.#context = context;
  }

  static async open(context: StatementContext): Promise<SideQueries> {
    return new SideQueries(await context.host.connect(), context);
  }

  /** @param stop aborted when nobody wants the answer any more @throws the engine's error */
  async rows(sql: string, stop?: AbortSignal): Promise<DuckDBValue[][]> {
    const { signal, host } = this.#context;
    const signals = AbortSignal.any(stop === undefined ? [signal] : [signal, stop]);
    let running = true;
    const interrupt = (): void => {
      if (!running) return;
      this.#connection.interrupt();
      host.clock.after(interruptEveryMs, interrupt);
    };
    if (signals.aborted) throw signals.reason;
    signals.addEventListener("abort", interrupt, { once: true });
    try {
      return await this.#connection.rows(sql);
    } catch (error) {
      this.#context.checkCancelled();
      throw error;
    } finally {
      running = false;
      signals.removeEventListener("abort", interrupt);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.close();
  }
}
