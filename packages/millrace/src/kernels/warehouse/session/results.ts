import type { DuckDBResult } from "@duckdb/node-api";
import type { SqlType } from "../../../sql/redshift/types.ts";
import type { ResultColumn, RowBatch, StatementResult } from "../sql-session.ts";

/** Rows of text that go to a client at a time. */
const textRowsPerBatch = 1_000;

async function* noBatches(): AsyncGenerator<RowBatch> {}

/** Of a statement without rows. */
export function tagResult(tag: string, rowCount = -1): StatementResult {
  return { columns: undefined, batches: noBatches(), tag: () => tag, rowCount: () => rowCount };
}

export function textColumn(name: string, type: SqlType = { name: "character varying" }): ResultColumn {
  return { name, type };
}

/** Rows that are texts already: SHOW, EXPLAIN. */
export function textResult(
  columns: readonly ResultColumn[],
  rows: readonly (readonly (string | null)[])[],
  tag: string,
): StatementResult {
  async function* batches(): AsyncGenerator<RowBatch> {
    for (let at = 0; at < rows.length; at += textRowsPerBatch) {
      const part = rows.slice(at, at + textRowsPerBatch);
      yield { kind: "texts", rows: part, rowCount: part.length };
    }
  }
  return { columns, batches: batches(), tag: () => tag, rowCount: () => rows.length };
}

/** How the reading of rows ended. */
export type ReadOutcome = "complete" | "abandoned" | { readonly error: unknown };

/**
 * Rows as the engine gives them, fetched as they are asked for.
 * @param ended called once when reading has ended; gives what to throw
 */
export function streamResult(
  columns: readonly ResultColumn[],
  result: DuckDBResult,
  tag: string,
  ended: (rows: number, outcome: ReadOutcome) => Promise<unknown>,
): StatementResult {
  let rows = 0;
  async function* batches(): AsyncGenerator<RowBatch> {
    let outcome: ReadOutcome = "abandoned";
    try {
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) break;
        rows += chunk.rowCount;
        yield { kind: "chunk", chunk, rowCount: chunk.rowCount };
      }
      outcome = "complete";
    } catch (error) {
      outcome = { error };
    } finally {
      const shown = await ended(rows, outcome);
      outcome = shown === undefined ? "complete" : { error: shown };
    }
    if (typeof outcome === "object") throw outcome.error;
  }
  return { columns, batches: batches(), tag: () => tag, rowCount: () => rows };
}
