import type { Value } from "../../../sql/flink/bound-expression.ts";
import { scalarFunction } from "../../../sql/flink/functions/function-table.ts";
import type { IntegerMode, ScalarFunction } from "../../../sql/flink/functions/scalar-function.ts";
import type { Batch, RowKind } from "../batch.ts";
import type { NamedSnapshot } from "../checkpoint/state-file.ts";
import { BatchBuilder, lanesOf, readRow, valuesEqual } from "../columns/index.ts";
import type { SplitState } from "../operator.ts";
import type { PhysicalPlan, SourceColumn, SourceOperator } from "../plan/physical-plan.ts";
import { decodeSnapshot, encodeSnapshot } from "../state/index.ts";
import { LocalExchange } from "./local-exchange.ts";
import type { SubtaskOutcome, SubtaskRound } from "./round.ts";
import type { RowReader, RowWriter } from "./rows-port.ts";
import { TaskGraph } from "./task-graph.ts";

/** Rows of one split, round by round; a row has a value for each column of the table, computed ones aside. */
export interface ScriptedSplit {
  readonly id: string;
  readonly rounds: readonly (readonly (readonly Value[])[])[];
  /** Rounds (from 1) from which on the split is idle while it has no rows. */
  readonly idleFrom?: number;
}

export interface ProcessRun {
  /** By the table's name, the last part of its path. */
  readonly sources: Readonly<Record<string, readonly ScriptedSplit[]>>;
  readonly parallelism?: number;
  readonly mode?: IntegerMode;
  readonly timeZone?: string;
  readonly stateTtlMs?: number;
  /** Temporary functions. */
  readonly functions?: (name: string) => ScalarFunction | undefined;
  /** Processing time of a round, the first of which is 1; a second apart when absent. */
  readonly nowMs?: (round: number) => number;
  /** Rounds after which all is put into snapshots and goes on from them in new operators. */
  readonly cuts?: readonly number[];
  /** Subtasks after the first cut. */
  readonly parallelismAfterCut?: number;
  /** Rounds without rows at the end, before the sources end. */
  readonly quietRounds?: number;
  /** False: no final round with the watermark +Infinity. */
  readonly ends?: boolean;
}

export interface ChangelogRow {
  readonly kind: "+I" | "-U" | "+U" | "-D";
  readonly values: readonly Value[];
}

export interface ProcessOutcome {
  /** Of the sink into the table of this name: round by round, and in a round subtask by subtask. */
  changelog(table: string): readonly ChangelogRow[];
  /** The same, one list a round. */
  rounds(table: string): readonly (readonly ChangelogRow[])[];
  readonly lastOutcomes: readonly SubtaskOutcome[];
}

const kindTexts = ["+I", "-U", "+U", "-D"] as const;
const defaultStartMs = 1_700_000_000_000;
const maxBatchRows = 4096;

/** Executes a plan in the calling thread, all subtasks side by side. */
export async function runInProcess(plan: PhysicalPlan, run: ProcessRun): Promise<ProcessOutcome> {
  const collected = new Map<string, ChangelogRow[][][]>();
  const splits = Object.values(run.sources).flat();
  const rowRounds = Math.max(0, ...splits.map((split) => split.rounds.length)) + (run.quietRounds ?? 0);
  const lastRound = rowRounds + (run.ends === false ? 0 : 1);
  let parallelism = run.parallelism ?? 1;
  let graphs = makeGraphs(plan, run, parallelism, collected);
  let lastOutcomes: readonly SubtaskOutcome[] = [];
  for (let number = 1; number <= Math.max(1, lastRound); number += 1) {
    for (const rounds of collected.values()) rounds.push([]);
    const isLast = run.ends !== false && number === lastRound;
    lastOutcomes = await Promise.all(
      graphs.map((graph, subtask) =>
        graph.run(subtaskRound(plan, run, number, subtask, parallelism, isLast)),
      ),
    );
    if (run.cuts?.includes(number) !== true) continue;
    const snapshots: NamedSnapshot[] = graphs.flatMap((graph) => graph.snapshot().map(throughBytes));
    parallelism = run.parallelismAfterCut ?? parallelism;
    graphs = makeGraphs(plan, run, parallelism, collected);
    for (const graph of graphs) graph.restore(snapshots);
  }
  return {
    changelog: (table) => (collected.get(table) ?? []).flat(2),
    rounds: (table) => (collected.get(table) ?? []).map((round) => round.flat()),
    lastOutcomes,
  };
}

/**
 * The rows that a changelog leaves, sorted by their text. With `keys` rows replace each other by these columns,
 * as an upsert sink does it.
 */
export function materialize(
  changelog: readonly ChangelogRow[],
  keys?: readonly number[],
): readonly (readonly Value[])[] {
  const rows = new Map<string, { values: readonly Value[]; count: number }>();
  for (const { kind, values } of changelog) {
    const name = valueText(keys === undefined ? values : keys.map((key) => values[key] ?? null));
    const entry = rows.get(name) ?? { values, count: 0 };
    const isGone = kind === "-D" || kind === "-U";
    if (keys === undefined) entry.count += isGone ? -1 : 1;
    else if (kind !== "-U") entry.count = isGone ? 0 : 1;
    entry.values = values;
    if (entry.count < 0) throw new Error(`a row is retracted that is not there: ${name}`);
    rows.set(name, entry);
  }
  const left = [...rows.values()].flatMap(({ values, count }) => Array.from({ length: count }, () => values));
  return left.sort((a, b) => (valueText(a) < valueText(b) ? -1 : 1));
}

/** A text that is the same for equal values, whatever their lane. */
export function valueText(value: Value | readonly Value[]): string {
  if (value === null) return "NULL";
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString("hex")}'`;
  if (Array.isArray(value)) return `(${value.map((element) => valueText(element)).join(", ")})`;
  if (value instanceof Map) {
    const entries = [...value].map(([key, entry]) => `${valueText(key)}=${valueText(entry)}`);
    return `{${entries.sort().join(", ")}}`;
  }
  if (typeof value === "string") return JSON.stringify(value);
  return valuesEqual(value, 0) ? "0" : String(value);
}

/** As the snapshot comes back from the disk. */
function throughBytes({ uid, snapshot }: NamedSnapshot): NamedSnapshot {
  return { uid, snapshot: decodeSnapshot(Buffer.concat([...encodeSnapshot(snapshot)])) };
}

function makeGraphs(
  plan: PhysicalPlan,
  run: ProcessRun,
  parallelism: number,
  collected: Collected,
): readonly TaskGraph[] {
  const exchange = new LocalExchange();
  const mode = run.mode ?? "double";
  return Array.from(
    { length: parallelism },
    (_, subtask) =>
      new TaskGraph({
        plan,
        subtask,
        parallelism,
        mode,
        timeZone: run.timeZone ?? "UTC",
        stateTtlMs: run.stateTtlMs ?? 0,
        maxStateBytes: Number.MAX_SAFE_INTEGER,
        sources: [],
        functions: (name) => run.functions?.(name) ?? scalarFunction(name),
        transport: exchange.transport(subtask),
        openReader: (_node, operator) => new ScriptReader(operator, run, mode),
        openWriter: (_node, operator) => new CollectingWriter(operator.table.path[2], collected, subtask),
      }),
  );
}

function subtaskRound(
  plan: PhysicalPlan,
  run: ProcessRun,
  number: number,
  subtask: number,
  parallelism: number,
  isLast: boolean,
): SubtaskRound {
  const sources = plan.nodes.flatMap((node) => {
    if (node.operator.kind !== "source") return [];
    const all = run.sources[node.operator.table.path[2]] ?? [];
    const mine = all.filter((_, index) => index % parallelism === subtask);
    const states: readonly SplitState[] = mine.map((split) => ({
      id: split.id,
      isIdle: split.idleFrom !== undefined && number >= split.idleFrom && !hasRows(split, number),
    }));
    const blocks = mine
      .filter((split) => hasRows(split, number))
      .map((split) => ({ split: split.id, from: number, block: emptyBlock(number) }));
    return [{ node: node.id, blocks, splits: isLast ? [] : states, hasEnded: isLast }];
  });
  const nowMs = run.nowMs?.(number) ?? defaultStartMs + number * 1000;
  return { number, nowMs, seed: number, sources };
}

function hasRows(split: ScriptedSplit, round: number): boolean {
  return (split.rounds[round - 1] ?? []).length > 0;
}

function emptyBlock(round: number): SubtaskRound["sources"][number]["blocks"][number]["block"] {
  const none = new Uint32Array(0);
  return {
    bytes: new Uint8Array(0),
    starts: none,
    ends: none,
    metadata: {},
    next: round + 1,
    isEnd: false,
    rowCount: 0,
  };
}

/** Takes the rows of a round out of the script. */
class ScriptReader implements RowReader {
  readonly #operator: SourceOperator;
  readonly #splits: readonly ScriptedSplit[];
  readonly #mode: IntegerMode;

  constructor(operator: SourceOperator, run: ProcessRun, mode: IntegerMode) {
    this.#operator = operator;
    this.#splits = run.sources[operator.table.path[2]] ?? [];
    this.#mode = mode;
  }

  *read(split: string, from: string | number): Iterable<Batch> {
    const { columns } = this.#operator;
    const types = columns.map((column) => column.field.type);
    const builder = new BatchBuilder(lanesOf(types, this.#mode));
    const rows = this.#splits.find(({ id }) => id === split)?.rounds[Number(from) - 1] ?? [];
    for (const row of rows) {
      const values = columns.map((column) => pick(row, column));
      builder.appendValues(values, 0);
      if (builder.rowCount < maxBatchRows) continue;
      const batch = builder.take();
      if (batch !== undefined) yield batch;
    }
    const rest = builder.take();
    if (rest !== undefined) yield rest;
  }
}

function pick(row: readonly Value[], column: SourceColumn): Value {
  let value: Value = row[column.column] ?? null;
  for (const step of column.path) {
    if (value === null) return null;
    value = (value as readonly Value[])[step] ?? null;
  }
  return value;
}

/** The rows of sinks: by table, then round, then subtask. */
type Collected = Map<string, ChangelogRow[][][]>;

class CollectingWriter implements RowWriter {
  readonly #rounds: ChangelogRow[][][];
  readonly #subtask: number;
  #rows: ChangelogRow[] = [];

  constructor(table: string, collected: Collected, subtask: number) {
    this.#rounds = collected.get(table) ?? [];
    collected.set(table, this.#rounds);
    this.#subtask = subtask;
  }

  write(batch: Batch): void {
    for (let row = 0; row < batch.rowCount; row += 1) {
      const kind = kindTexts[(batch.kinds?.[row] ?? 0) as RowKind];
      this.#rows.push({ kind, values: readRow(batch, row) });
    }
  }

  take(): undefined {
    const round = this.#rounds.at(-1) ?? [];
    const before = round[this.#subtask] ?? [];
    round[this.#subtask] = [...before, ...this.#rows];
    this.#rows = [];
  }
}
