import type { Batch } from "../batch.ts";
import type { Operator, Output, WatermarkMaker } from "../operator.ts";
import type { PlanNode } from "../plan/physical-plan.ts";
import type { ExchangeMessage, ExchangeOutlet } from "./exchange.ts";
import { inOperator } from "./failure.ts";
import type { CurrentRound } from "./round.ts";
import type { RowReader, RowWriter } from "./rows-port.ts";

/** Where a task puts its rows: straight into another, or into an exchange. */
export interface Outlet {
  push(batch: Batch): void;
}

/** One node of the plan in one subtask: what is done there, and where its rows go. */
export class Task implements Output {
  readonly node: PlanNode;
  readonly work: TaskWork;
  readonly outlets: Outlet[] = [];
  /** Those of `outlets` that are exchanges, with the inlets of this subtask that they fill. */
  readonly exchanges: { readonly outlet: ExchangeOutlet; readonly inlet: Inlet }[] = [];
  readonly inlets: Inlet[] = [];
  recordsIn = 0;
  recordsOut = 0;
  bytes = 0;
  /** The greatest so far of what came in. */
  inWatermark: number = Number.NEGATIVE_INFINITY;
  /** What goes out; undefined: idle. */
  outWatermark: number | undefined = undefined;

  constructor(node: PlanNode, work: TaskWork) {
    this.node = node;
    this.work = work;
  }

  push(batch: Batch): void {
    if (batch.rowCount === 0) return;
    this.recordsOut += batch.rowCount;
    for (const outlet of this.outlets) outlet.push(batch);
  }
}

export type TaskWork =
  | { readonly kind: "source"; readonly reader: RowReader }
  | { readonly kind: "operator"; readonly operator: Operator }
  | { readonly kind: "watermark"; readonly operator: WatermarkMaker; readonly source: number }
  | { readonly kind: "sink"; readonly writer: RowWriter };

/** One input of a task. */
export interface Inlet {
  /** The task before, where rows come directly; else the number of the exchange. */
  readonly from: { readonly task: Task } | { readonly exchange: number };
  /** What this subtask has sent to itself, until it is read. */
  own: ExchangeMessage | undefined;
  readonly entry: Outlet;
}

/** Gives rows to an input of an operator, at once. */
export class OperatorInlet implements Outlet {
  readonly #task: Task;
  readonly #operator: Operator;
  readonly #input: number;
  readonly #round: CurrentRound;

  constructor(task: Task, operator: Operator, input: number, round: CurrentRound) {
    this.#task = task;
    this.#operator = operator;
    this.#input = input;
    this.#round = round;
  }

  push(batch: Batch): void {
    this.#task.recordsIn += batch.rowCount;
    try {
      this.#operator.process(this.#input, batch, this.#task, this.#round);
    } catch (error) {
      throw inOperator(error, this.#task.node);
    }
  }
}

export class SinkInlet implements Outlet {
  readonly #task: Task;
  readonly #writer: RowWriter;

  constructor(task: Task, writer: RowWriter) {
    this.#task = task;
    this.#writer = writer;
  }

  push(batch: Batch): void {
    this.#task.recordsIn += batch.rowCount;
    try {
      this.#writer.write(batch);
    } catch (error) {
      throw inOperator(error, this.#task.node);
    }
  }
}
