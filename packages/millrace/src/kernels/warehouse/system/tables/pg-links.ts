import { referencedIndex } from "../key-indexes.ts";
import { pgCatalogOid } from "../system-objects.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";
import { constraintOid } from "./pg-constraint.ts";

const classOid = 1259;
const rewriteOid = 2618;
const constraintClassOid = 2606;
const namespaceOid = 2615;
const procOid = 1255;
const databaseOid = 1262;
/** Rules of views have no OIDs of their own; they lie here. */
const ruleOidBase = 1_000_000_000;

/** The rule that makes a view of a relation. */
export const pgRewrite: SystemTable = systemTable(
  "pg_rewrite",
  `~oid oid, rulename name, ev_class oid, ev_attr int2, ev_type char, is_instead bool, ev_qual text, ev_action text`,
  (view) =>
    view.catalog.relations
      .filter((relation) => relation.type !== "table")
      .map((relation) => ({
        oid: ruleOidBase + relation.oid,
        rulename: "_RETURN",
        ev_class: relation.oid,
        ev_attr: -1,
        ev_type: "1",
        is_instead: true,
        ev_qual: "<>",
        ev_action: relation.definition ?? "",
      })),
);

export const pgDepend: SystemTable = systemTable(
  "pg_depend",
  "classid oid, objid oid, objsubid int4, refclassid oid, refobjid oid, refobjsubid int4, deptype char",
  dependRows,
);

function* dependRows(view: SystemView): Iterable<SystemRow> {
  const link = (
    classid: number,
    objid: number,
    refclassid: number,
    refobjid: number,
    deptype: string,
  ): SystemRow => ({
    classid,
    objid,
    objsubid: 0,
    refclassid,
    refobjid,
    refobjsubid: 0,
    deptype,
  });
  for (const relation of view.catalog.relations) {
    yield link(classOid, relation.oid, namespaceOid, relation.schemaOid, "n");
    if (relation.type !== "table") {
      const rule = ruleOidBase + relation.oid;
      yield link(rewriteOid, rule, classOid, relation.oid, "i");
      for (const oid of relation.dependsOn) yield link(rewriteOid, rule, classOid, oid, "n");
    }
    for (const [index, constraint] of relation.constraints.entries()) {
      const { references } = constraint;
      const key = referencedIndex(constraint, view.catalog.relations);
      yield link(constraintClassOid, constraintOid(relation, index), classOid, relation.oid, "a");
      if (key !== undefined)
        yield link(constraintClassOid, constraintOid(relation, index), classOid, key.oid, "n");
      if (references !== undefined)
        yield link(constraintClassOid, constraintOid(relation, index), classOid, references.relationOid, "n");
    }
  }
}

export const pgDescription: SystemTable = systemTable(
  "pg_description",
  "objoid oid, classoid oid, objsubid int4, description text",
  descriptionRows,
);

export function* descriptionRows(view: SystemView): Iterable<SystemRow> {
  const row = (objoid: number, classoid: number, objsubid: number, text: string | undefined): SystemRow[] =>
    text === undefined ? [] : [{ objoid, classoid, objsubid, description: text }];
  yield* row(pgCatalogOid, namespaceOid, 0, "System catalog schema");
  for (const schema of view.catalog.schemas) yield* row(schema.oid, namespaceOid, 0, schema.comment);
  for (const relation of view.catalog.relations) {
    yield* row(relation.oid, classOid, 0, relation.comment);
    for (const column of relation.columns)
      yield* row(relation.oid, classOid, column.attributeNumber, column.comment);
  }
  for (const entry of view.catalog.functions) yield* row(entry.oid, procOid, 0, entry.comment);
  for (const database of view.leader.databases) yield* row(database.oid, databaseOid, 0, database.comment);
}
