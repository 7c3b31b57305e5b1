import { accumulatorOf } from "./evaluate/accumulator.ts";
import { isAbsent } from "./evaluate/comparison.ts";
import { compile, type Scope, truth } from "./evaluate/compile.ts";
import type { RecordSource } from "./input/record-source.ts";
import type { RecordWriter } from "./output/record-writer.ts";
import { selectLimits } from "./select-limits.ts";
import type { SelectStatement } from "./sql/expression.ts";
import type { Value } from "./value/value.ts";

export interface Taken {
  /** Records of the answer, as they are written. */
  readonly text: string;
  /** The first record that was not taken. */
  readonly next: number;
}

/** A statement over a source: takes batches of its records and answers what is to be written. */
export interface Query<Row> {
  /** What records from a position on make; stops early when that has become much. */
  take(rows: readonly Row[], from: number): Taken;
  /** Nothing that follows can change the answer. */
  readonly isDone: boolean;
  /** What is known only at the end. */
  end(): string;
}

/** Makes functions of the statement; what cannot mean anything over this source is refused here. */
export function prepare<Row>(
  statement: SelectStatement,
  source: RecordSource<Row>,
  writer: RecordWriter,
  nowMs: number,
): Query<Row> {
  const results: Value[] = [];
  const scope: Scope<Row> = {
    path: (path) => source.path(path),
    aggregate: (index) => results[index],
    nowMs,
  };
  const condition = statement.where === undefined ? undefined : compile(statement.where, scope);
  const matches = (row: Row): boolean => condition === undefined || truth(condition(row)) === true;
  return statement.aggregates.length > 0
    ? aggregateQuery(statement, scope, matches, writer, results)
    : recordQuery(statement, source, scope, matches, writer);
}

type Matches<Row> = (row: Row) => boolean;

function recordQuery<Row>(
  statement: SelectStatement,
  source: RecordSource<Row>,
  scope: Scope<Row>,
  matches: Matches<Row>,
  writer: RecordWriter,
): Query<Row> {
  let left = statement.limit ?? Number.POSITIVE_INFINITY;
  const names = statement.projections?.map(({ name }) => name) ?? [];
  const columns = statement.projections?.map(({ expression }) => compile(expression, scope));
  const write = (row: Row): string => {
    if (columns === undefined) {
      const star = source.star(row);
      return writer.write(star.names, star.values);
    }
    return writer.write(
      names,
      columns.map((column) => column(row)),
    );
  };
  return {
    take(rows, from) {
      let text = "";
      let next = from;
      const end = Math.min(rows.length, from + selectLimits.recordsPerTurn);
      while (next < end && left > 0 && text.length < selectLimits.recordsEventBytes) {
        const row = rows[next++] as Row;
        if (!matches(row)) continue;
        text += write(row);
        left--;
      }
      return { text, next };
    },
    get isDone() {
      return left === 0;
    },
    end: () => "",
  };
}

/** One record, at the end. */
function aggregateQuery<Row>(
  statement: SelectStatement,
  scope: Scope<Row>,
  matches: Matches<Row>,
  writer: RecordWriter,
  results: Value[],
): Query<Row> {
  const aggregates = statement.aggregates.map(({ name, operand }) => ({
    accumulator: accumulatorOf(name),
    operand: operand === undefined ? undefined : compile(operand, scope),
  }));
  const columns = (statement.projections ?? []).map(({ name, expression }) => ({
    name,
    evaluate: compile<Row | undefined>(expression, { ...scope, path: () => () => undefined }),
  }));
  return {
    take(rows, from) {
      const next = Math.min(rows.length, from + selectLimits.recordsPerTurn);
      for (let at = from; at < next; at++) {
        const row = rows[at] as Row;
        if (!matches(row)) continue;
        for (const { accumulator, operand } of aggregates) {
          const value = operand === undefined ? true : operand(row);
          if (!isAbsent(value)) accumulator.add(value);
        }
      }
      return { text: "", next };
    },
    isDone: statement.limit === 0,
    end() {
      if (statement.limit === 0) return "";
      for (const { accumulator } of aggregates) results.push(accumulator.result());
      return writer.write(
        columns.map(({ name }) => name),
        columns.map(({ evaluate }) => evaluate(undefined)),
      );
    },
  };
}
