import type { RelationRecord, SchemaRecord } from "../../catalog/records.ts";
import { userName } from "../acl-text.ts";
import { PrivilegeView } from "../privilege-view.ts";
import { relationsInSchemas, schemaOf } from "../system-objects.ts";
import { type SystemTable, systemTable } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";

/** Materialized views that the user may see. */
function materializedViews(view: SystemView): (readonly [RelationRecord, SchemaRecord])[] {
  const rights = new PrivilegeView(view.session.user, view.leader);
  return [...relationsInSchemas(view)].filter(
    ([relation, schema]) => relation.materialized !== undefined && rights.seesRelation(relation, schema),
  );
}

/** Whether a table of the view has changed since its rows were made. */
function isStale(relation: RelationRecord, view: SystemView): boolean {
  return Object.entries(relation.materialized?.changeCounters ?? {}).some(([oid, counter]) => {
    const base = view.catalog.relations.find((candidate) => candidate.oid === Number(oid));
    return base?.statistics.changeCounter !== counter;
  });
}

/** A full recomputation, which is what REFRESH does. */
const recomputed = 0;

export const svvViewTables: readonly SystemTable[] = Object.freeze([
  systemTable(
    "svv_mv_info",
    `database_name bpchar(128), schema_name bpchar(128), user_name bpchar(128), name bpchar(128), is_stale bpchar(1),
     state int4, autorewrite bpchar(1), autorefresh bpchar(1)`,
    (view) =>
      materializedViews(view).map(([relation, schema]) => ({
        database_name: view.session.database.name,
        schema_name: schema.name,
        user_name: userName(relation.ownerId, view.leader),
        name: relation.name,
        is_stale: isStale(relation, view) ? "t" : "f",
        state: recomputed,
        autorewrite: "f",
        autorefresh: relation.materialized?.autoRefresh === true ? "t" : "f",
      })),
  ),
  systemTable(
    "stv_mv_info",
    `db_name bpchar(128), schema bpchar(128), name bpchar(128), updated_upto_xid int8, is_stale bpchar(1),
     owner_user_name bpchar(128), state int4, autorewrite bpchar(1), autorefresh bpchar(1)`,
    (view) =>
      materializedViews(view).map(([relation, schema]) => ({
        db_name: view.session.database.name,
        schema: schema.name,
        name: relation.name,
        updated_upto_xid: null,
        is_stale: isStale(relation, view) ? "t" : "f",
        owner_user_name: userName(relation.ownerId, view.leader),
        state: recomputed,
        autorewrite: "f",
        autorefresh: relation.materialized?.autoRefresh === true ? "t" : "f",
      })),
  ),
  systemTable(
    "svv_mv_dependency",
    `database_name bpchar(128), schema_name bpchar(128), name bpchar(128), dependent_schema_name bpchar(128),
     dependent_name bpchar(128)`,
    (view) =>
      materializedViews(view).flatMap(([relation, schema]) =>
        relation.dependsOn.flatMap((oid) => {
          const base = view.catalog.relations.find((candidate) => candidate.oid === oid);
          if (base === undefined) return [];
          return [
            {
              database_name: view.session.database.name,
              schema_name: schema.name,
              name: relation.name,
              dependent_schema_name: schemaOf(base, view)?.name ?? null,
              dependent_name: base.name,
            },
          ];
        }),
      ),
  ),
]);
