import { assert } from "../../../core/assert.ts";
import type { IntegerMode, ScalarFunction } from "../../../sql/flink/functions/scalar-function.ts";
import type { Field } from "../../../sql/flink/types.ts";
import type { NamedSnapshot } from "../checkpoint/state-file.ts";
import {
  type Operator,
  type OperatorContext,
  type SplitState,
  StateLimitError,
  type WatermarkMaker,
} from "../operator.ts";
import type { PhysicalPlan, PlanNode, SinkOperator, SourceOperator } from "../plan/physical-plan.ts";
import { createOperator } from "./create-operator.ts";
import { keyGroupsFor, singleNodes } from "./distribution.ts";
import { type ExchangeMessage, ExchangeOutlet, type ExchangeTransport } from "./exchange.ts";
import {
  CurrentRound,
  figuresPerNode,
  NodeFigures,
  type SubtaskOutcome,
  type SubtaskRound,
  type SubtaskSource,
} from "./round.ts";
import type { RowReader, RowWriter } from "./rows-port.ts";
import type { SubtaskSplits } from "./subtask-port.ts";
import { type Inlet, OperatorInlet, SinkInlet, Task, type TaskWork } from "./task.ts";

export interface TaskGraphParts {
  readonly plan: PhysicalPlan;
  readonly subtask: number;
  readonly parallelism: number;
  readonly mode: IntegerMode;
  readonly timeZone: string;
  readonly stateTtlMs: number;
  /** Of all operators of the subtask together. */
  readonly maxStateBytes: number;
  /** The subtask's splits of each source, as before the first round. */
  readonly sources: readonly SubtaskSplits[];
  readonly functions: (name: string) => ScalarFunction | undefined;
  readonly transport: ExchangeTransport;
  readonly openReader: (node: PlanNode, operator: SourceOperator) => RowReader;
  readonly openWriter: (node: PlanNode, operator: SinkOperator) => RowWriter;
}

/**
 * One subtask of every node of a plan. Works a round through in the plan's order: a node's inputs, its
 * `advance`, then what it has for other subtasks. With one subtask everything is a plain call.
 */
export class TaskGraph {
  readonly #parts: TaskGraphParts;
  readonly #tasks: readonly Task[];
  readonly #round: CurrentRound;
  readonly #splits = new Map<number, readonly SplitState[]>();
  readonly #endedSources = new Set<number>();

  constructor(parts: TaskGraphParts) {
    this.#parts = parts;
    this.#round = new CurrentRound(parts.mode, parts.timeZone, parts.subtask);
    for (const { node, splits, hasEnded } of parts.sources) {
      this.#splits.set(node, splits);
      if (hasEnded) this.#endedSources.add(node);
    }
    this.#tasks = this.#build();
  }

  async run(round: SubtaskRound): Promise<SubtaskOutcome> {
    this.#round.begin(round.nowMs, round.seed);
    for (const source of round.sources) {
      if (source.splits !== undefined) this.#splits.set(source.node, source.splits);
      if (source.hasEnded) this.#endedSources.add(source.node);
    }
    for (const task of this.#tasks) {
      if (task.work.kind === "source") this.#readSource(task, task.work.reader, round.sources);
      const received = task.inlets.some((inlet) => "exchange" in inlet.from)
        ? await this.#receive(task)
        : undefined;
      this.#advance(task, received);
      for (const { outlet, inlet } of task.exchanges) inlet.own = outlet.flush(task.outWatermark);
    }
    return this.#outcome(round.number);
  }

  /** Between rounds: copies of memory only. */
  snapshot(): readonly NamedSnapshot[] {
    const snapshots: NamedSnapshot[] = [];
    for (const { node, work } of this.#tasks) {
      if (work.kind !== "operator" && work.kind !== "watermark") continue;
      const snapshot = work.operator.snapshot();
      if (snapshot.parts.length > 0) snapshots.push({ uid: node.uid, snapshot });
    }
    return snapshots;
  }

  /** Before the first round. @param snapshots of all subtasks there were */
  restore(snapshots: readonly NamedSnapshot[]): void {
    const byUid = Map.groupBy(snapshots, (named) => named.uid);
    for (const { node, work } of this.#tasks) {
      const found = byUid.get(node.uid);
      if (found === undefined || (work.kind !== "operator" && work.kind !== "watermark")) continue;
      work.operator.restore(found.map((named) => named.snapshot));
    }
  }

  #readSource(task: Task, reader: RowReader, sources: readonly SubtaskSource[]): void {
    for (const source of sources) {
      if (source.node !== task.node.id) continue;
      for (const { split, from, block } of source.blocks) {
        this.#round.split = split;
        task.recordsIn += block.rowCount ?? block.starts.length;
        task.bytes += block.bytes.byteLength;
        for (const batch of reader.read(split, from, block)) task.push(batch);
      }
    }
    this.#round.split = "";
  }

  /** Reads the exchanges of a task, in the order of inputs and senders; answers their watermarks. */
  async #receive(task: Task): Promise<readonly (number | undefined)[]> {
    const watermarks: (number | undefined)[] = [];
    for (const inlet of task.inlets) {
      if ("task" in inlet.from) continue;
      for (let sender = 0; sender < this.#parts.parallelism; sender += 1) {
        const message = await this.#message(inlet, inlet.from.exchange, sender);
        for (const batch of message.batches) inlet.entry.push(batch);
        watermarks.push(message.watermark);
      }
    }
    return watermarks;
  }

  async #message(inlet: Inlet, exchange: number, sender: number): Promise<ExchangeMessage> {
    if (sender !== this.#parts.subtask) return await this.#parts.transport.receive(exchange, sender);
    const own = inlet.own;
    inlet.own = undefined;
    assert(own !== undefined, "a node runs after its inputs");
    return own;
  }

  #advance(task: Task, received: readonly (number | undefined)[] | undefined): void {
    const { work } = task;
    const incoming = [...(received ?? [])];
    for (const { from } of task.inlets) if ("task" in from) incoming.push(from.task.outWatermark);
    if (work.kind === "source") incoming.push(this.#sourceWatermark(task.node.id));
    if (task.inlets.length === 0 && work.kind !== "source") incoming.push(Number.POSITIVE_INFINITY);
    let least = Number.POSITIVE_INFINITY;
    let isIdle = true;
    for (const watermark of incoming) {
      if (watermark === undefined) continue;
      isIdle = false;
      least = Math.min(least, watermark);
    }
    if (!isIdle) task.inWatermark = Math.max(task.inWatermark, least);
    task.outWatermark = isIdle ? undefined : task.inWatermark;
    if (work.kind === "operator") this.#advanceOperator(task, work.operator);
    if (work.kind === "watermark") this.#makeWatermark(task, work.operator, work.source);
  }

  #advanceOperator(task: Task, operator: Operator): void {
    operator.advance(task.inWatermark, task, this.#round);
    if (task.outWatermark !== undefined) task.outWatermark -= operator.watermarkDelayMs ?? 0;
  }

  #makeWatermark(task: Task, operator: WatermarkMaker, source: number): void {
    operator.setSplits(this.#splits.get(source) ?? []);
    operator.advance(task.inWatermark, task, this.#round);
    if (task.inWatermark !== Number.POSITIVE_INFINITY) task.outWatermark = operator.watermark();
  }

  #sourceWatermark(node: number): number | undefined {
    if (this.#endedSources.has(node)) return Number.POSITIVE_INFINITY;
    return (this.#splits.get(node) ?? []).length === 0 ? undefined : Number.NEGATIVE_INFINITY;
  }

  #outcome(number: number): SubtaskOutcome {
    const sinks: SubtaskOutcome["sinks"][number][] = [];
    const figures = new Float64Array(this.#tasks.length * figuresPerNode);
    let wakeAtMs: number | undefined;
    let stateBytes = 0;
    for (const [index, task] of this.#tasks.entries()) {
      const { work } = task;
      const at = index * figuresPerNode;
      if (work.kind === "sink") {
        const block = work.writer.take(task.inWatermark);
        if (block !== undefined) {
          task.bytes += block.bytes.byteLength;
          sinks.push({ node: task.node.id, block });
        }
      } else if (work.kind !== "source") {
        const wake = work.operator.wakeAtMs();
        if (wake !== undefined) wakeAtMs = Math.min(wakeAtMs ?? wake, wake);
        const bytes = work.operator.stateBytes();
        figures[at + NodeFigures.stateBytes] = bytes;
        stateBytes += bytes;
        figures[at + NodeFigures.lateRows] = work.operator.lateRows?.() ?? 0;
      }
      figures[at + NodeFigures.recordsIn] = task.recordsIn;
      figures[at + NodeFigures.recordsOut] = task.recordsOut;
      figures[at + NodeFigures.bytes] = task.bytes;
      figures[at + NodeFigures.watermark] = task.outWatermark ?? Number.NaN;
    }
    if (stateBytes > this.#parts.maxStateBytes) this.#refuseState(figures, stateBytes);
    return { number, sinks, wakeAtMs, figures, cpuSeconds: 0 };
  }

  #refuseState(figures: Float64Array, stateBytes: number): never {
    const sizes = this.#tasks.map(
      (_, index) => figures[index * figuresPerNode + NodeFigures.stateBytes] ?? 0,
    );
    const largest = this.#tasks[sizes.indexOf(Math.max(...sizes))];
    throw new StateLimitError(
      `The state of the job's subtask ${this.#parts.subtask} holds ${stateBytes} bytes, above its limit of ` +
        `${this.#parts.maxStateBytes}; most of it is in ${largest === undefined ? "" : nameOf(largest.node)}.`,
    );
  }

  #build(): readonly Task[] {
    const { plan, subtask, parallelism, transport } = this.#parts;
    const single = singleNodes(plan);
    const tasks = new Map<number, Task>();
    let exchanges = 0;
    for (const node of plan.nodes) {
      const inputs = node.inputs.map((edge) => taskOf(tasks, edge.node));
      const task = new Task(node, this.#work(node, inputs, single.has(node.id)));
      for (const [input, edge] of node.inputs.entries()) {
        const before = taskOf(tasks, edge.node);
        const entry = this.#entry(task, input);
        if (parallelism === 1 || edge.exchange.kind === "forward") {
          before.outlets.push(entry);
          task.inlets.push({ from: { task: before }, own: undefined, entry });
          continue;
        }
        const exchange = exchanges;
        exchanges += 1;
        const outlet = new ExchangeOutlet(exchange, edge, subtask, parallelism, transport);
        const inlet: Inlet = { from: { exchange }, own: undefined, entry };
        before.outlets.push(outlet);
        before.exchanges.push({ outlet, inlet });
        task.inlets.push(inlet);
      }
      tasks.set(node.id, task);
    }
    return [...tasks.values()];
  }

  #work(node: PlanNode, inputs: readonly Task[], isSingle: boolean): TaskWork {
    const { operator } = node;
    if (operator.kind === "source") return { kind: "source", reader: this.#parts.openReader(node, operator) };
    if (operator.kind === "sink") return { kind: "sink", writer: this.#parts.openWriter(node, operator) };
    const fields: readonly (readonly Field[])[] = inputs.map((task) => task.node.fields);
    const made = createOperator(node, fields, this.#context(node, isSingle));
    if (operator.kind !== "watermark") return { kind: "operator", operator: made };
    return { kind: "watermark", operator: made as WatermarkMaker, source: sourceOf(inputs[0]) };
  }

  #context(node: PlanNode, isSingle: boolean): OperatorContext {
    const { mode, timeZone, functions, stateTtlMs, maxStateBytes, subtask, parallelism } = this.#parts;
    return {
      mode,
      timeZone,
      functions,
      keyGroups: keyGroupsFor(isSingle, subtask, parallelism),
      stateTtlMs,
      maxStateBytes,
      name: nameOf(node),
      count: () => undefined,
    };
  }

  #entry(task: Task, input: number): OperatorInlet | SinkInlet {
    const { work } = task;
    if (work.kind === "sink") return new SinkInlet(task, work.writer);
    assert(work.kind !== "source", "a source has no input");
    return new OperatorInlet(task, work.operator, input, this.#round);
  }
}

function taskOf(tasks: ReadonlyMap<number, Task>, node: number): Task {
  const task = tasks.get(node);
  assert(task !== undefined, "inputs come before their readers in a plan");
  return task;
}

function nameOf(node: PlanNode): string {
  return `${node.description.split("(", 1)[0]}[${node.id}]`;
}

/** The source whose splits a watermark operator sees: up the chain of first inputs. */
function sourceOf(task: Task | undefined): number {
  let at = task;
  while (at !== undefined && at.work.kind !== "source") {
    const from = at.inlets[0]?.from;
    at = from !== undefined && "task" in from ? from.task : undefined;
  }
  assert(at !== undefined, "watermarks are made behind a source");
  return at.node.id;
}
