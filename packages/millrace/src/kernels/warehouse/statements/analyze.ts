import type { Analyze } from "../../../sql/redshift/ast/admin.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { type AnalyzeOptions, analyzeTable } from "../maintenance/analyze-table.ts";
import { mayMaintain } from "../maintenance/may-maintain.ts";
import { tagResult } from "../session/results.ts";
import { demandRelation, isView } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

/** Of a table, some of its columns, or all tables that the user may analyze. */
export const analyze: StatementKind<Analyze> = Object.freeze({
  category: "utility",
  run: async (ast, context) => {
    const records = ast.table === undefined ? tablesOf(context) : [named(ast, context)];
    await context.open();
    const options = optionsOf(ast);
    let analyzed = 0;
    for (const record of records) {
      if (!mayMaintain("analyze", record, ast.table !== undefined, context)) continue;
      const rows = await analyzeTable(record, options, context);
      if (rows === undefined) continue;
      analyzed++;
      if (ast.verbose) context.notice("INFO", `analyzed "${record.name}": ${rows} rows`);
    }
    return tagResult(analyzed === 0 && ast.table !== undefined ? "ANALYZE SKIP" : "ANALYZE");
  },
} satisfies StatementKind<Analyze>);

function optionsOf({ scope }: Analyze): AnalyzeOptions {
  const outcome = scope === "predicate columns" ? "PredicateColumn" : "Full";
  return { outcome, always: false, countedByEngine: false };
}

function tablesOf({ catalog }: StatementContext): readonly RelationRecord[] {
  const found: RelationRecord[] = [];
  for (const snapshot of [catalog.permanent, catalog.temporary])
    for (const record of snapshot.records())
      if (record.kind === "relation" && !isView(record)) found.push(record);
  return found;
}

function named({ table, columns }: Analyze, context: StatementContext): RelationRecord {
  if (table === undefined) throw new SqlError("42P01", "ANALYZE names no table");
  const record = demandRelation(table, context);
  if (isView(record)) throw new SqlError("42809", `cannot analyze "${record.name}", which is a view`);
  for (const { name, span } of columns)
    if (!record.columns.some((column) => column.name === name))
      throw new SqlError("42703", `column "${name}" of relation "${record.name}" does not exist`, {
        position: span.start,
      });
  return record;
}
