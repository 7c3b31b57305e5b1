import type { Copy } from "../../../../sql/redshift/ast/copy.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import type { ColumnRecord, RelationRecord } from "../../catalog/records.ts";
import { analyzeTable, isNewest } from "../../maintenance/analyze-table.ts";
import { maxSampleRows, sampledRowsPerSlice, suggestEncoding } from "../../maintenance/suggest-encoding.ts";
import { defaultEncoding } from "../../statements/new-relation.ts";
import { lockDefinition } from "../../statements/relations.ts";
import type { StatementContext } from "../../statements/statement-context.ts";
import type { LoadTarget } from "./load-target.ts";

/** What COPY does to a table beside loading depends on whether it had rows. */
export async function isEmpty({ table }: LoadTarget, { connection }: StatementContext): Promise<boolean> {
  return (await connection.rows(`SELECT 1 FROM ${table} LIMIT 1`)).length === 0;
}

/** Encodings as COMPUPDATE says, then statistics as STATUPDATE says. */
export async function afterLoad(
  { options: { compUpdate, compRows, statUpdate } }: Copy,
  target: LoadTarget,
  load: { readonly wasEmpty: boolean; readonly rows: number },
  context: StatementContext,
): Promise<void> {
  if (load.wasEmpty && compUpdate !== "off") {
    const record = await recordToChange(target, compUpdate !== undefined, context);
    if (record !== undefined) {
      const sampleRows = Math.max(compRows ?? 0, sampledRowsPerSlice * context.host.facts.slices);
      const columns =
        compUpdate === "on"
          ? await measured(record, target, { rows: load.rows, sampleRows }, context)
          : byType(record, compUpdate === "preset");
      if (columns.some(({ encoding }, index) => encoding !== record.columns[index]?.encoding))
        context.catalog.put({ ...record, columns });
    }
  }
  if (statUpdate === false || (statUpdate === undefined && !load.wasEmpty)) return;
  const record = await recordToChange(target, statUpdate === true, context);
  if (record === undefined) return;
  // Into an empty table the engine has counted everything just now.
  await analyzeTable(record, { outcome: "Full", always: true, countedByEngine: load.wasEmpty }, context);
}

/** Undefined where somebody else is changing the record, or has, and nobody has asked for a change. @throws SqlError 40001 */
async function recordToChange(
  { record: { oid, name } }: LoadTarget,
  isAskedFor: boolean,
  context: StatementContext,
): Promise<RelationRecord | undefined> {
  const { host, transaction } = context;
  if (!isAskedFor && !host.locks.isFree(transaction, `definition ${oid}`, "exclusive")) return undefined;
  await lockDefinition(oid, context);
  const record = context.catalog.relationByOid(oid);
  if (record !== undefined && isNewest(record, context)) return record;
  if (!isAskedFor) return undefined;
  throw new SqlError("40001", `relation "${name}" was changed while rows were loaded into it`);
}

/** Encodings that somebody chose are replaced when PRESET is asked for only. */
function byType({ columns, sort }: RelationRecord, isAskedFor: boolean): readonly ColumnRecord[] {
  if (!isAskedFor && columns.some(({ encoding }) => encoding !== "raw")) return columns;
  return columns.map((column) => {
    const isSortKey = sort?.columns.includes(column.attributeNumber) === true;
    return { ...column, encoding: defaultEncoding(column.type, isSortKey) };
  });
}

/** As ANALYZE COMPRESSION measures them. With fewer rows than a sample takes they stay as they are. */
async function measured(
  { columns, sort }: RelationRecord,
  { table }: LoadTarget,
  { rows, sampleRows }: { readonly rows: number; readonly sampleRows: number },
  context: StatementContext,
): Promise<readonly ColumnRecord[]> {
  if (rows < sampledRowsPerSlice * context.host.facts.slices) return columns;
  const chosen: ColumnRecord[] = [];
  for (const column of columns) {
    context.checkCancelled();
    const isSortKey = sort?.columns.includes(column.attributeNumber) === true;
    const sample = { table, column, sampleRows: Math.min(maxSampleRows, sampleRows) };
    const { encoding } = isSortKey ? column : await suggestEncoding(context.connection, sample);
    chosen.push({ ...column, encoding });
  }
  return chosen;
}
