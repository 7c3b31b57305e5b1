import type { Truncate } from "../../../sql/redshift/ast/admin.ts";
import { tagResult } from "../session/results.ts";
import { engineColumnSql } from "./column-definition.ts";
import { demandTable, engineName, lockedRelation } from "./relations.ts";
import type { StatementKind } from "./statement-context.ts";

/** Empties a table at once, and commits the transaction that it stands in. */
export const truncate: StatementKind<Truncate> = Object.freeze({
  category: "dml",
  run: async ({ table }, context) => {
    const record = demandTable(await lockedRelation(table, "exclusive", context));
    context.demand({ kind: "truncate", relation: record });
    const columns = record.columns.map(engineColumnSql).join(", ");
    // A new table in place of the old one: its blocks are free at once, and no row has to be marked.
    const create = context.catalog.isTemporary(record)
      ? "CREATE OR REPLACE TEMP TABLE"
      : "CREATE OR REPLACE TABLE";
    await context.connection.run(`${create} ${engineName(record, context)} (${columns})`);
    if (!context.catalog.isTemporary(record)) {
      const { unsorted } = context.transaction.rowChanges(record.oid);
      context.transaction.noteRows(record.oid, -unsorted);
    }
    await context.block.commitAndContinue();
    return tagResult("TRUNCATE TABLE");
  },
} satisfies StatementKind<Truncate>);
