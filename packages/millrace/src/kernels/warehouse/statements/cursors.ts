import type { CloseCursor, DeclareCursor, Fetch } from "../../../sql/redshift/ast/cursor.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { Cursor } from "../session/cursors.ts";
import { cancelledError } from "../session/errors.ts";
import { heldRowsSql, heldTableSql } from "../session/held-rows.ts";
import { resultColumns } from "../session/planner.ts";
import { streamResult, tagResult } from "../session/results.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

export const declareCursor: StatementKind<DeclareCursor> = Object.freeze({
  category: "utility",
  run: async ({ name: { name }, query }, context) => {
    const { block, cursors } = context;
    if (block.state !== "open")
      throw new SqlError("25P01", "DECLARE CURSOR may only be used in transaction blocks");
    if (cursors.get(name) !== undefined) throw new SqlError("42P03", `cursor "${name}" already exists`);
    if (cursors.size > 0)
      throw new SqlError("0A000", "Only one cursor may be open at a time in a session", {
        detail: `Cursor "${cursors.names()[0]}" is open.`,
      });
    const bound = await context.bind(query, context.statement.text);
    await context.lock(bound);
    await context.transaction.open();
    const table = cursors.newTable();
    const sql = await context.engineSql(bound);
    await context.connection.run(heldTableSql(table, sql, bound.columns.length));
    const [[count] = []] = await context.connection.rows(`SELECT count(*) FROM ${table}`);
    cursors.put(name, { columns: resultColumns(bound), table, rows: Number(count), position: 0 });
    return tagResult("DECLARE CURSOR");
  },
} satisfies StatementKind<DeclareCursor>);

function cursorNamed(name: string, { cursors }: StatementContext): Cursor {
  const cursor = cursors.get(name);
  if (cursor === undefined) throw new SqlError("34000", `cursor "${name}" does not exist`);
  return cursor;
}

/** Cursors only go forward. */
export const fetch: StatementKind<Fetch> = Object.freeze({
  category: "utility",
  columns: async ({ cursor }, context) => cursorNamed(cursor.name, context).columns,
  run: async ({ cursor: { name }, count }, context) => {
    const cursor = cursorNamed(name, context);
    const from = cursor.position;
    const left = cursor.rows - from;
    const rows = count === "all" ? left : Math.min(count, left);
    cursor.position = from + rows;
    const result = await context.connection.stream(
      heldRowsSql(cursor.table, cursor.columns.length, from, from + rows),
    );
    return streamResult(cursor.columns, result, "FETCH", async (given, outcome) => {
      context.logged.rows = given;
      if (typeof outcome === "object") return context.failed(outcome.error);
      // The engine ends rows quietly when it is interrupted.
      if (outcome === "complete" && given < rows) return context.failed(cancelledError());
      return context.ended(given);
    });
  },
} satisfies StatementKind<Fetch>);

export const closeCursor: StatementKind<CloseCursor> = Object.freeze({
  category: "utility",
  run: async ({ name }, context) => {
    if (name !== undefined) cursorNamed(name.name, context);
    const names = name === undefined ? context.cursors.names() : [name.name];
    for (const open of names) await context.cursors.close(open, context.connection);
    return tagResult(name === undefined ? "CLOSE CURSOR ALL" : "CLOSE CURSOR");
  },
} satisfies StatementKind<CloseCursor>);
