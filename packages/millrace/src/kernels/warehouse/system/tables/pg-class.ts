import type { RelationRecord } from "../../catalog/records.ts";
import { aclItems, ownerLetters } from "../acl-text.ts";
import { type KeyIndex, keyIndexes } from "../key-indexes.ts";
import { hasRows, informationSchemaOid, isView, pgCatalogOid, systemOwnerId } from "../system-objects.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { StorageFact, SystemTableFact, SystemView } from "../system-view.ts";
import { storageTableOid } from "./pg-attribute.ts";

/** Bytes of a block of Redshift's. */
export const blockBytes: number = 1024 * 1024;

const classColumns = `relname name, relnamespace oid, reltype oid, relowner int4, relam oid, relfilenode oid,
  reltablespace oid, relpages int4, reltuples float8, reltoastrelid oid, reltoastidxid oid, relhasindex bool,
  relisshared bool, relkind char, relnatts int2, relexternid oid, relisreplicated bool, relispinned bool,
  reldiststyle int2, relprojbaseid oid, relchecks int2, reltriggers int2, relukeys int2, relfkeys int2,
  relrefs int2, relhasoids bool, relhaspkey bool, relhasrules bool, relhassubclass bool, relacl aclitem[]`;

/** What psql asks of pg_class since version 15, which takes any server for PostgreSQL 9.2 at least. */
const newerColumns = "~relhastriggers bool, ~reloftype oid, ~relpersistence char, ~reloptions text[]";

export const pgClass: SystemTable = systemTable(
  "pg_class",
  `~oid oid, ${newerColumns}, ${classColumns}`,
  classRows,
);

/** `releffectivediststyle` of tables with DISTSTYLE AUTO; the others have their `reldiststyle`. */
const automaticStyles = Object.freeze({ all: 10, even: 11, key: 12 });
const styles = Object.freeze({ even: 0, key: 1, all: 8 });
const automaticStyle = 9;

export const pgClassInfo: SystemTable = systemTable(
  "pg_class_info",
  `reloid oid, ${newerColumns}, ${classColumns}, relcreationtime timestamp, releffectivediststyle int4`,
  async (view, wanted) => {
    const relations = new Map(view.catalog.relations.map((relation) => [relation.oid, relation]));
    return (await classRows(view, wanted)).map((row) => {
      const relation = relations.get(Number(row["oid"]));
      return {
        ...row,
        reloid: row["oid"] ?? null,
        relcreationtime: relation === undefined ? null : relation.createdAtMs,
        releffectivediststyle: relation === undefined ? 0 : effectiveStyle(relation),
      };
    });
  },
  { kind: "v" },
);

async function classRows(view: SystemView, wanted: ReadonlySet<string>): Promise<SystemRow[]> {
  const counted = wanted.has("relpages") ? view.catalog.relations.filter(hasRows) : [];
  const storage = await view.storage(counted);
  const referenced = new Map<number, number>();
  for (const { constraints } of view.catalog.relations)
    for (const { references } of constraints)
      if (references !== undefined)
        referenced.set(references.relationOid, (referenced.get(references.relationOid) ?? 0) + 1);
  return [
    ...[...view.systemTables].map(systemClassRow),
    ...view.catalog.relations.map((relation) => ({
      ...relationRow(relation, view, storage.get(relation.oid)),
      relrefs: referenced.get(relation.oid) ?? 0,
    })),
    ...[...keyIndexes(view.catalog.relations)].map(indexRow),
    ...view.catalog.relations
      .filter((relation) => relation.materialized !== undefined)
      .map((relation) => ({
        ...relationRow(relation, view, storage.get(relation.oid)),
        ...storageTable(relation),
      })),
  ];
}

const bareRow = {
  reltype: 0,
  relam: 0,
  reltablespace: 0,
  relpages: 0,
  reltuples: 0,
  reltoastrelid: 0,
  reltoastidxid: 0,
  relhasindex: false,
  relisshared: false,
  relexternid: 0,
  relisreplicated: false,
  relispinned: false,
  reldiststyle: 0,
  relprojbaseid: 0,
  relchecks: 0,
  reltriggers: 0,
  relukeys: 0,
  relfkeys: 0,
  relrefs: 0,
  relhasoids: false,
  relhaspkey: false,
  relhasrules: false,
  relhassubclass: false,
  relhastriggers: false,
  reloftype: 0,
  relpersistence: "p",
} as const;

function systemClassRow(table: SystemTableFact): SystemRow {
  return {
    ...bareRow,
    oid: table.oid,
    relname: table.name,
    relnamespace: table.schema === "pg_catalog" ? pgCatalogOid : informationSchemaOid,
    relowner: systemOwnerId,
    relfilenode: table.oid,
    relkind: table.kind,
    relnatts: table.columns.length,
    relhasrules: table.kind === "v",
    relacl: [`rdsdb=arwdRxtD/rdsdb`, `=r/rdsdb`],
  };
}

function relationRow(
  relation: RelationRecord,
  view: SystemView,
  storage: StorageFact | undefined,
): SystemRow {
  const count = (type: string): number => relation.constraints.filter((entry) => entry.type === type).length;
  return {
    ...bareRow,
    oid: relation.oid,
    relname: relation.name,
    relnamespace: relation.schemaOid,
    relowner: relation.ownerId,
    relfilenode: relation.oid,
    relpages:
      storage === undefined ? 0 : storage.columns.reduce((sum, { segments }) => sum + segments.length, 0),
    // What ANALYZE has counted, as the planner knows it.
    reltuples: relation.statistics.analyzedRows ?? 0,
    relkind: isView(relation) ? "v" : "r",
    relnatts: relation.columns.length,
    reldiststyle: relation.distribution.auto ? automaticStyle : styles[relation.distribution.style],
    relukeys: count("unique"),
    relfkeys: count("foreign key"),
    relhaspkey: count("primary key") > 0,
    relhasrules: isView(relation),
    relhasindex: relation.constraints.some((constraint) => constraint.references === undefined),
    relacl: aclItems(relation.grants, relation.ownerId, ownerLetters.relation, view.leader),
  };
}

const btreeMethod = 403;

function indexRow({ oid, relation, constraint }: KeyIndex): SystemRow {
  return {
    ...bareRow,
    oid,
    relname: constraint.name,
    relnamespace: relation.schemaOid,
    relowner: relation.ownerId,
    relam: btreeMethod,
    relfilenode: oid,
    relkind: "i",
    relnatts: constraint.columns.length,
    relacl: null,
  };
}

/** The rows of a materialized view lie in a table of its own, by whose attributes dbt finds dist and sort keys. */
function storageTable(relation: RelationRecord): SystemRow {
  const oid = storageTableOid(relation);
  return { oid, relfilenode: oid, relname: `mv_tbl__${relation.name}__0`, relkind: "r", relhasrules: false };
}

function effectiveStyle({ distribution: { auto, style } }: RelationRecord): number {
  return auto ? automaticStyles[style] : styles[style];
}
