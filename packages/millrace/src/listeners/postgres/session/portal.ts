import type {
  PreparedStatement,
  RowBatch,
  SqlSession,
  StatementResult,
} from "../../../kernels/warehouse/sql-session.ts";
import type { TextStyle } from "../../../kernels/warehouse/values/index.ts";
import type { Outbox } from "../protocol/outbox.ts";
import type { Format, ProtocolVersion } from "../rows/row-description.ts";
import { BatchEncoder } from "../rows/row-encoder.ts";

/** Batches of fewer rows come from memory and leave other connections their turn without help. */
const yieldRows = 256;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Parameters and formats bound to a statement, and how far its rows have been sent. */
export class Portal {
  readonly prepared: PreparedStatement;
  readonly formats: readonly Format[];
  readonly #parameters: readonly (string | null)[];
  #result: StatementResult | undefined;
  #batches: AsyncIterator<RowBatch> | undefined;
  #encoder: BatchEncoder | undefined;
  #row = 0;
  #ended = false;

  constructor(
    prepared: PreparedStatement,
    parameters: readonly (string | null)[],
    formats: readonly Format[],
  ) {
    this.prepared = prepared;
    this.#parameters = parameters;
    this.formats = formats;
  }

  /** Runs the statement, the first time. @param held whether others may run before all rows are read */
  async start(session: SqlSession, held: boolean): Promise<StatementResult> {
    if (this.#result === undefined) {
      this.#result = await session.execute(this.prepared, this.#parameters, { held });
      this.#batches = this.#result.batches[Symbol.asyncIterator]();
    }
    return this.#result;
  }

  /**
   * Sends up to `maxRows` rows, no faster than the client takes them.
   * @returns the command tag when there are no more, undefined when there may be
   */
  async send(
    outbox: Outbox,
    maxRows: number,
    style: TextStyle,
    version: ProtocolVersion,
  ): Promise<string | undefined> {
    let left = maxRows;
    while (!this.#ended && !outbox.closed) {
      if (left <= 0) return undefined;
      this.#encoder ??= await this.#nextBatch(style, version);
      const encoder = this.#encoder;
      if (encoder === undefined) break;
      const from = this.#row;
      this.#row = encoder.encode(outbox, from, Math.min(encoder.rowCount, from + left));
      left -= this.#row - from;
      if (this.#row >= encoder.rowCount) {
        this.#encoder = undefined;
        if (encoder.rowCount >= yieldRows) await nextTurn();
      }
      if (outbox.full) await outbox.drained();
    }
    return outbox.closed ? undefined : this.#result?.tag();
  }

  async #nextBatch(style: TextStyle, version: ProtocolVersion): Promise<BatchEncoder | undefined> {
    const next = await this.#batches?.next();
    if (next === undefined || next.done === true) {
      this.#ended = true;
      return undefined;
    }
    const columns = this.#result?.columns ?? this.prepared.columns ?? [];
    this.#row = 0;
    return await BatchEncoder.of(next.value, { columns, formats: this.formats, style, version });
  }

  /** Lets go of the engine's result, read to its end or not. */
  async close(): Promise<void> {
    const batches = this.#batches;
    this.#batches = undefined;
    this.#encoder = undefined;
    if (!this.#ended) await batches?.return?.();
    this.#ended = true;
  }
}
