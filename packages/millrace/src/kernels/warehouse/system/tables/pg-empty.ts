import { type SystemTable, systemTable } from "../system-table.ts";

/**
 * Tables that hold nothing, here as on a Redshift where nobody can make what they list: triggers,
 * inheriting tables, Python libraries.
 */
export const emptyCatalogTables: readonly SystemTable[] = Object.freeze(
  (
    [
      ["pg_inherits", "inhrelid oid, inhparent oid, inhseqno int4"],
      [
        "pg_trigger",
        `~oid oid, tgrelid oid, tgname name, tgfoid oid, tgtype int2, tgenabled bool, tgisconstraint bool,
         tgconstrname name, tgconstrrelid oid, tgdeferrable bool, tginitdeferred bool, tgnargs int2,
         tgattr int2vector, tgargs text`,
      ],
      ["pg_library", "name name, language_oid oid, file_store_id int4, owner int4"],
      ["pg_rules", "schemaname name, tablename name, rulename name, definition text"],
    ] as const
  ).map(([name, columns]) => systemTable(name, columns, () => [])),
);
