import { SqlError } from "../../sql-error.ts";
import type { Values } from "../ast/query.ts";
import { Block, type BoundQuery, type Frame, type QueryColumn } from "./block.ts";
import { varcharType } from "./bound.ts";
import { likened } from "./case.ts";

/** VALUES as a query: columns `column1`, `column2`, ... */
export function bindValues(values: Values, frame: Frame): BoundQuery {
  const block = new Block(frame);
  block.clause = "VALUES";
  const rows = values.rows.map((row) => row.map((item) => block.expression(item)));
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width)) {
    throw new SqlError("42601", "VALUES lists must all be the same length", { position: values.span.start });
  }
  const columns: QueryColumn[] = [];
  const texts: string[][] = rows.map(() => []);
  for (let index = 0; index < width; index++) {
    const places = values.rows.map((row) => row[index]).filter((item) => item !== undefined);
    const column = rows.map((row) => row[index]).filter((item) => item !== undefined);
    const typed = likened(column, "VALUES", block, places);
    for (const [row, value] of typed.entries()) texts[row]?.push(value.sql);
    columns.push({
      name: `column${index + 1}`,
      type: typed[0]?.type ?? varcharType,
      origin: undefined,
      blankFree: typed.every((value) => value.blankFree),
      untyped: column.every((value) => value.type.name === "unknown"),
    });
  }
  const alias = block.state.nextAlias();
  const names = columns.map((_, index) => `c${index + 1}`);
  const list = names.map((name) => `${alias}.${name} AS ${name}`).join(", ");
  const body = texts.map((row) => `(${row.join(", ")})`).join(", ");
  return {
    sql: `SELECT ${list} FROM (VALUES ${body}) AS ${alias}(${names.join(", ")})`,
    columns,
    correlated: block.correlated,
    hasWindows: false,
    isGrouped: false,
  };
}
