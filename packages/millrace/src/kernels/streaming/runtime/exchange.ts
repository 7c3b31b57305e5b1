import type { Batch } from "../batch.ts";
import { copyBatch, hashRows, partition } from "../columns/index.ts";
import type { PlanEdge } from "../plan/physical-plan.ts";

/** All rows that one subtask has for one input of another in a round, with its watermark. */
export interface ExchangeMessage {
  readonly batches: readonly Batch[];
  /** Undefined: idle. */
  readonly watermark: number | undefined;
}

/**
 * Joins the subtasks of a job. Exactly one message goes from each subtask to each other for each exchange and
 * round; messages of a pair arrive in the order in which they were sent.
 */
export interface ExchangeTransport {
  /** The memory of the batches is given away. */
  send(exchange: number, receiver: number, message: ExchangeMessage): void;
  receive(exchange: number, sender: number): Promise<ExchangeMessage>;
}

/** Deals the rows of one edge to the subtasks of its reader. */
export class ExchangeOutlet {
  readonly #exchange: number;
  readonly #kind: PlanEdge["exchange"];
  readonly #subtask: number;
  readonly #parallelism: number;
  readonly #transport: ExchangeTransport;
  #pending: Batch[][];
  #hashes: Int32Array = new Int32Array(0);

  constructor(
    exchange: number,
    edge: PlanEdge,
    subtask: number,
    parallelism: number,
    transport: ExchangeTransport,
  ) {
    this.#exchange = exchange;
    this.#kind = edge.exchange;
    this.#subtask = subtask;
    this.#parallelism = parallelism;
    this.#transport = transport;
    this.#pending = this.#empty();
  }

  push(batch: Batch): void {
    if (this.#kind.kind !== "hash") {
      // Whoever else reads the batch keeps its memory.
      this.#pending[0]?.push(this.#subtask === 0 ? batch : copyBatch(batch));
      return;
    }
    if (this.#hashes.length < batch.rowCount) this.#hashes = new Int32Array(batch.rowCount);
    hashRows(batch.columns, this.#kind.columns, batch.rowCount, this.#hashes);
    const parts = partition(batch, this.#hashes, this.#parallelism);
    for (let receiver = 0; receiver < parts.length; receiver += 1) {
      const part = parts[receiver];
      if (part !== undefined) this.#pending[receiver]?.push(part);
    }
  }

  /** The node before is done with the round. Answers what the subtask has for itself. */
  flush(watermark: number | undefined): ExchangeMessage {
    const pending = this.#pending;
    this.#pending = this.#empty();
    for (let receiver = 0; receiver < this.#parallelism; receiver += 1) {
      if (receiver === this.#subtask) continue;
      this.#transport.send(this.#exchange, receiver, { batches: pending[receiver] ?? [], watermark });
    }
    return { batches: pending[this.#subtask] ?? [], watermark };
  }

  #empty(): Batch[][] {
    return Array.from({ length: this.#parallelism }, () => []);
  }
}

/** For one subtask alone, which sends nothing. */
export const noTransport: ExchangeTransport = Object.freeze({
  send(): void {
    throw new Error("a single subtask has nobody to send to");
  },
  receive(): Promise<ExchangeMessage> {
    return Promise.reject(new Error("a single subtask has nobody to receive from"));
  },
});
