import type { AnalyzeCompression } from "../../../sql/redshift/ast/admin.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ColumnRecord, RelationRecord } from "../catalog/records.ts";
import { mayMaintain } from "../maintenance/may-maintain.ts";
import { maxSampleRows, sampledRowsPerSlice, suggestEncoding } from "../maintenance/suggest-encoding.ts";
import { textColumn, textResult } from "../session/results.ts";
import type { ResultColumn, StatementResult } from "../sql-session.ts";
import { demandRelation, engineName, isView, lockRelation } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

const resultColumns: readonly ResultColumn[] = Object.freeze(
  ["Table", "Column", "Encoding", "Est_reduction_pct"].map((name) => textColumn(name)),
);

/** Measures on a sample which encoding would make each column smallest. It changes nothing. */
export const analyzeCompression: StatementKind<AnalyzeCompression> = Object.freeze({
  category: "utility",
  columns: async () => resultColumns,
  run: async (ast, context): Promise<StatementResult> => {
    const records = ast.table === undefined ? tablesOf(context) : [named(ast, context)];
    const rows: string[][] = [];
    for (const record of records) {
      if (!mayMaintain("analyze", record, ast.table !== undefined, context)) continue;
      await lockRelation(record, "share", context);
      await context.transaction.open();
      for (const column of columnsOf(ast, record)) rows.push(await row(ast, record, column, context));
    }
    return textResult(resultColumns, rows, "ANALYZE COMPRESSION");
  },
} satisfies StatementKind<AnalyzeCompression>);

function tablesOf({ catalog }: StatementContext): readonly RelationRecord[] {
  return [...catalog.permanent.records()].filter(
    (record) => record.kind === "relation" && record.type === "table",
  ) as RelationRecord[];
}

function named({ table }: AnalyzeCompression, context: StatementContext): RelationRecord {
  if (table === undefined) throw new SqlError("42P01", "ANALYZE COMPRESSION names no table");
  const record = demandRelation(table, context);
  if (isView(record)) throw new SqlError("42809", `cannot analyze "${record.name}", which is a view`);
  return record;
}

function columnsOf({ columns }: AnalyzeCompression, record: RelationRecord): readonly ColumnRecord[] {
  if (columns.length === 0) return record.columns;
  return columns.map(({ name, span }) => {
    const found = record.columns.find((column) => column.name === name);
    if (found !== undefined) return found;
    throw new SqlError("42703", `column "${name}" of relation "${record.name}" does not exist`, {
      position: span.start,
    });
  });
}

/** A column of the sort key keeps what it has. */
async function row(
  { compRows }: AnalyzeCompression,
  record: RelationRecord,
  column: ColumnRecord,
  context: StatementContext,
): Promise<string[]> {
  const { slices } = context.host.facts;
  const isSortKey = record.sort?.columns.includes(column.attributeNumber) === true;
  if (isSortKey) return [record.name, column.name, column.encoding, "0.00"];
  context.checkCancelled();
  const { encoding, reductionPercent } = await suggestEncoding(context.connection, {
    table: engineName(record, context),
    column,
    sampleRows: Math.min(maxSampleRows, Math.max(compRows ?? 0, sampledRowsPerSlice * slices)),
  });
  return [record.name, column.name, encoding, reductionPercent.toFixed(2)];
}
