import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./engines.ts";

/** Milliseconds of the best run, by the query's name; Infinity where it failed. */
export type QueryTimes = ReadonlyMap<string, number>;

export interface NamedQuery {
  readonly name: string;
  readonly sql: string;
}

/** TPC-H's 22 queries. */
export function queries(scale: number): readonly NamedQuery[] {
  const text = readFileSync(join(import.meta.dirname, "queries.sql"), "utf8");
  return text
    .split(/^--@ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      const sql = part
        .slice(end + 1)
        .trim()
        .replace(/;\s*$/, "")
        .replace("{SF}", `${scale}`);
      return { name: part.slice(0, end).trim(), sql };
    });
}

export async function runQueries(
  engine: Engine,
  scale: number,
  repetitions: number,
  note: (text: string) => void,
): Promise<QueryTimes> {
  const times = new Map<string, number>();
  for (const { name, sql } of queries(scale)) {
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < repetitions && !(best > 8_000 && run > 0); run++) {
      const startedMs = performance.now();
      try {
        await engine.rows(sql);
      } catch (error) {
        note(`${engine.name} ${name}: ${error instanceof Error ? error.message : error}`);
        break;
      }
      best = Math.min(best, performance.now() - startedMs);
    }
    times.set(name, best);
  }
  return times;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
