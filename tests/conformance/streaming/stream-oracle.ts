import { DuckDBInstance } from "@duckdb/node-api";
import type { Connector } from "../../../packages/millrace/src/kernels/streaming/connector-port.ts";
import { planProgram } from "../../../packages/millrace/src/kernels/streaming/plan/index.ts";
import type { PhysicalPlan } from "../../../packages/millrace/src/kernels/streaming/plan/physical-plan.ts";
import {
  materialize,
  type ProcessRun,
  runInProcess,
  type ScriptedSplit,
  valueText,
} from "../../../packages/millrace/src/kernels/streaming/runtime/test-runner.ts";
import { bindProgram } from "../../../packages/millrace/src/sql/flink/bind/index.ts";
import type { Value } from "../../../packages/millrace/src/sql/flink/bound-expression.ts";

/** Numbers from 0 to below 1 by a seed. */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `id` is unique, `ts` in milliseconds; the others may be NULL. */
export type Row = readonly [id: number, k: number | null, v: number | null, s: string | null, ts: number];

/** How far rows may be behind the newest of their split: as the tables' watermarks allow. */
const disorderMs = 5_000;
const baseMs: number = Date.UTC(2026, 0, 1);

const table = (name: string): string => `
  CREATE TABLE ${name} (id BIGINT, k INT, v INT, s STRING, ts TIMESTAMP(3),
    WATERMARK FOR ts AS ts - INTERVAL '${disorderMs / 1000}' SECOND) WITH ('connector' = 'test');`;

const connectors: ReadonlyMap<string, Connector> = new Map([["test", { name: "test", metadata: {} }]]);

/** Rows of one table in two splits and several rounds, out of order within what the watermark allows. */
export function randomSplits(random: Random, count: number, firstId: number): readonly ScriptedSplit[] {
  const rounds = 6;
  return ["x", "y"].map((id, split) => {
    let newest = baseMs;
    const parts: Row[][] = Array.from({ length: rounds }, () => []);
    for (let at = 0; at < count / 2; at += 1) {
      newest += Math.floor(random() * 900);
      const ts = newest - Math.floor(random() * disorderMs);
      const some = <T>(value: T): T | null => (random() < 0.1 ? null : value);
      const key = some(Math.floor(random() * 6));
      const text = some(["", "a", "b", "ab", "Zürich", "😀"][Math.floor(random() * 6)] as string);
      const row: Row = [firstId + at * 2 + split, key, some(Math.floor(random() * 41) - 20), text, ts];
      newest = Math.max(newest, ts);
      parts[Math.floor((at * rounds * 2) / count)]?.push(row);
    }
    return { id, rounds: parts };
  });
}

export async function planOf(sql: string): Promise<PhysicalPlan> {
  const text = `${table("a")}${table("b")}${sql}`;
  const { inserts } = await bindProgram(text, { connectors, catalogs: undefined, settings: {} });
  return planProgram(inserts, { sinkMode: () => "all", idleTimeoutMs: () => 0 });
}

/** What the changelog of a query leaves, as texts of its rows. */
export async function streamed(plan: PhysicalPlan, run: ProcessRun): Promise<readonly string[]> {
  const outcome = await runInProcess(plan, run);
  return materialize(outcome.changelog("sink")).map((row) => valueText(row));
}

/** The answer of DuckDB over all rows at once; times are BIGINT milliseconds there. */
export class Batch {
  readonly #instance: DuckDBInstance;

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  static async of(tables: Readonly<Record<string, readonly ScriptedSplit[]>>): Promise<Batch> {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    for (const [name, splits] of Object.entries(tables)) {
      await connection.run(`CREATE TABLE ${name} (id BIGINT, k INT, v INT, s VARCHAR, ts BIGINT)`);
      const rows = splits.flatMap(({ rounds }) => rounds.flat());
      const texts = rows.map((row) => `(${row.map(literal).join(", ")})`);
      if (texts.length > 0) await connection.run(`INSERT INTO ${name} VALUES ${texts.join(", ")}`);
    }
    connection.closeSync();
    return new Batch(instance);
  }

  async answer(sql: string): Promise<readonly string[]> {
    const connection = await this.#instance.connect();
    try {
      const reader = await connection.runAndReadAll(sql);
      return reader
        .getRowsJS()
        .map((row) => valueText(row.map(plainValue)))
        .sort();
    } finally {
      connection.closeSync();
    }
  }

  close(): void {
    this.#instance.closeSync();
  }
}

function literal(value: Value): string {
  if (value === null) return "NULL";
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function plainValue(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  return value as Value;
}
