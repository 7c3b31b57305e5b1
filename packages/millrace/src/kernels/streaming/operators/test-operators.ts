import { deepStrictEqual } from "node:assert/strict";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import { scalarFunction } from "../../../sql/flink/functions/function-table.ts";
import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { AggregateCall } from "../../../sql/flink/relation.ts";
import type { DecimalType, Field, FlinkType } from "../../../sql/flink/types.ts";
import type { Batch, RowKind } from "../batch.ts";
import { BatchBuilder, hashRows, keyGroupsOf, lanesOf, partition, readRow } from "../columns/index.ts";
import type { Operator, OperatorContext, RoundContext } from "../operator.ts";
import { decodeSnapshot, encodeSnapshot } from "../state/index.ts";

type TypeName = "boolean" | "int" | "bigint" | "double" | "string" | "time" | "instant";

export const types: Readonly<Record<TypeName, FlinkType>> & { readonly decimal: DecimalType } = {
  boolean: { kind: "boolean", nullable: true },
  int: { kind: "int", nullable: true },
  bigint: { kind: "bigint", nullable: true },
  double: { kind: "double", nullable: true },
  string: { kind: "varchar", length: 2_147_483_647, nullable: true },
  decimal: { kind: "decimal", precision: 10, scale: 2, nullable: true },
  time: { kind: "timestamp", precision: 3, nullable: true },
  instant: { kind: "timestamp_ltz", precision: 3, nullable: true },
};

export function field(name: string, type: FlinkType): Field {
  return { name, type };
}

export function call(
  name: string,
  args: readonly number[],
  type: FlinkType,
  more: Partial<AggregateCall> = {},
): AggregateCall {
  return {
    function: name,
    arguments: args,
    isDistinct: false,
    filter: undefined,
    constants: [],
    type,
    ...more,
  };
}

/** A row with its kind in front: `["+I", 1, "a"]`. */
export type ChangeRow = readonly [kind: "+I" | "-U" | "+U" | "-D", ...values: readonly Value[]];

const kinds = ["+I", "-U", "+U", "-D"] as const;

export interface OperatorTestOptions {
  readonly mode?: IntegerMode;
  readonly timeZone?: string;
  readonly stateTtlMs?: number;
}

/** The subtasks of one operator with one input, dealt rows by the hash of `keys`; what comes out is collected. */
export class OperatorTest {
  readonly #make: (context: OperatorContext) => Operator;
  readonly #fields: readonly Field[];
  readonly #keys: readonly number[];
  readonly #options: OperatorTestOptions;
  mode: IntegerMode;
  operators: readonly Operator[];
  readonly counted: Map<string, number> = new Map();
  readonly #out: Batch[] = [];

  constructor(
    make: (context: OperatorContext) => Operator,
    fields: readonly Field[],
    keys: readonly number[],
    options: OperatorTestOptions = {},
  ) {
    this.#make = make;
    this.#fields = fields;
    this.#keys = keys;
    this.#options = options;
    this.mode = options.mode ?? "double";
    this.operators = this.#create(1);
  }

  /** Rows are inserts where no kind is in front. */
  push(rows: readonly ChangeRow[], nowMs: number = 0): this {
    if (rows.length === 0) return this;
    const batch = this.batch(rows);
    const hashes = new Int32Array(batch.rowCount);
    hashRows(batch.columns, this.#keys, batch.rowCount, hashes);
    partition(batch, hashes, this.operators.length).forEach((part, subtask) => {
      if (part !== undefined) this.operators[subtask]?.process(0, part, this.#output(), this.round(nowMs));
    });
    return this;
  }

  advance(watermark: number, nowMs: number = 0): this {
    for (const operator of this.operators) operator.advance(watermark, this.#output(), this.round(nowMs));
    return this;
  }

  /** What has come out since the last time, in the order in which it came. */
  take(): readonly ChangeRow[] {
    return this.#out
      .splice(0)
      .flatMap((batch) =>
        Array.from(
          { length: batch.rowCount },
          (_, row): ChangeRow => [kinds[batch.kinds?.[row] ?? 0] ?? "+I", ...readRow(batch, row)],
        ),
      );
  }

  /** Saves all subtasks through bytes, and goes on with new ones. */
  cut(subtasks: number = this.operators.length, mode: IntegerMode = this.mode): this {
    const saved = this.operators.map((operator) => operator.snapshot());
    const read = saved.map((snapshot) => decodeSnapshot(Buffer.concat([...encodeSnapshot(snapshot)])));
    this.mode = mode;
    this.operators = this.#create(subtasks);
    for (const operator of this.operators) operator.restore(read);
    return this;
  }

  batch(rows: readonly ChangeRow[]): Batch {
    const builder = new BatchBuilder(
      lanesOf(
        this.#fields.map(({ type }) => type),
        this.mode,
      ),
    );
    for (const [kind, ...values] of rows) builder.appendValues(values, kinds.indexOf(kind) as RowKind);
    return builder.take() ?? { rowCount: 0, columns: [], kinds: undefined };
  }

  round(nowMs: number): RoundContext {
    return {
      mode: this.mode,
      nowMs,
      timeZone: this.#options.timeZone ?? "UTC",
      random: () => 0.5,
      split: "",
    };
  }

  #create(subtasks: number): readonly Operator[] {
    return Array.from({ length: subtasks }, (_, subtask) =>
      this.#make({
        mode: this.mode,
        timeZone: this.#options.timeZone ?? "UTC",
        functions: scalarFunction,
        keyGroups: keyGroupsOf(subtask, subtasks),
        stateTtlMs: this.#options.stateTtlMs ?? 0,
        maxStateBytes: Number.POSITIVE_INFINITY,
        name: "Operator[1]",
        count: (reason, rows) => this.counted.set(reason, (this.counted.get(reason) ?? 0) + rows),
      }),
    );
  }

  #output(): { push(batch: Batch): void } {
    return { push: (batch) => this.#out.push(batch) };
  }
}

export function inserts(rows: readonly (readonly Value[])[]): readonly ChangeRow[] {
  return rows.map((row): ChangeRow => ["+I", ...row]);
}

/** One text for equal values: bigint and number alike, maps by their sorted entries. */
export function textOf(value: unknown): string {
  if (value instanceof Map) return `{${[...value].map(([k, v]) => `${textOf(k)}=${textOf(v)}`).sort()}}`;
  if (Array.isArray(value)) return `[${value.map(textOf)}]`;
  return Object.is(value, -0) ? "0" : String(value);
}

/**
 * The rows that a changelog leaves, as texts with their counts. @throws when it takes back what is not there
 */
export class Materialized {
  readonly #rows = new Map<string, number>();
  readonly #upsertKey: number | undefined;
  readonly #byKey = new Map<string, string>();

  /** @param upsertKey how many first columns are the key, where updates come without -U */
  constructor(upsertKey?: number) {
    this.#upsertKey = upsertKey;
  }

  apply(changes: readonly ChangeRow[]): this {
    for (const [kind, ...values] of changes) {
      const text = textOf(values);
      const key = textOf(values.slice(0, this.#upsertKey ?? 0));
      if (kind === "+U" && this.#upsertKey !== undefined) this.#drop(this.#byKey.get(key) ?? "");
      if (kind === "-U" || kind === "-D") this.#drop(text);
      else this.#rows.set(text, (this.#rows.get(text) ?? 0) + 1);
      this.#byKey.set(key, text);
    }
    return this;
  }

  #drop(text: string): void {
    const count = this.#rows.get(text) ?? 0;
    deepStrictEqual(count > 0, true, `${text} is taken back but not there`);
    if (count === 1) this.#rows.delete(text);
    else this.#rows.set(text, count - 1);
  }

  get rows(): readonly string[] {
    return [...this.#rows].flatMap(([text, count]) => Array<string>(count).fill(text)).sort();
  }
}

/** Numbers from 0 to below 1: the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
