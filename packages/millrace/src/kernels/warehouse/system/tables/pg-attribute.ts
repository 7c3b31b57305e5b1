import type { SqlType } from "../../../../sql/redshift/types.ts";
import type { RelationRecord } from "../../catalog/records.ts";
import { granteeName, userName } from "../acl-text.ts";
import { encodingNumber } from "../encoding-numbers.ts";
import { keyIndexes } from "../key-indexes.ts";
import { columnNamed, defaultText, isDistributionKey, sortKeyOrder } from "../system-objects.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";
import { typeLength, typeModifier, typeOid } from "../type-oids.ts";

/** `~attcollation` is asked for by psql since version 15. */
const attributeColumns = `~attcollation oid, attrelid oid, attname name, atttypid oid, attstattarget int4, attlen int2, attnum int2,
  attndims int4, attcacheoff int4, atttypmod int4, attbyval bool, attstorage char, attalign char,
  attnotnull bool, atthasdef bool, attisdropped bool, attislocal bool, attinhcount int4, attisdistkey bool,
  attispreloaded bool, attsortkeyord int4, attencodingtype int2, attencrypttype int2`;

/** Columns with what was granted on them alone; PG_ATTRIBUTE hides it, and psql asks for it. */
function rowsWithAcls(view: SystemView): SystemRow[] {
  const acls = columnAcls(view);
  return [...attributeRows(view)].map((row) => ({
    ...row,
    attacl: acls.get(`${String(row["attrelid"])}.${String(row["attname"])}`) ?? null,
  }));
}

export const pgAttribute: SystemTable = systemTable(
  "pg_attribute",
  `~attacl aclitem[], ${attributeColumns}`,
  rowsWithAcls,
);

export const pgAttributeInfo: SystemTable = systemTable(
  "pg_attribute_info",
  `${attributeColumns}, attacl aclitem[]`,
  rowsWithAcls,
  { kind: "v" },
);

function* attributeRows(view: SystemView): Iterable<SystemRow> {
  for (const table of view.systemTables) {
    let number = 0;
    for (const { name, type } of table.columns) yield attributeRow(table.oid, ++number, name, type);
  }
  for (const relation of view.catalog.relations) {
    yield* relationRows(relation, relation.oid);
    if (relation.materialized !== undefined) yield* relationRows(relation, storageTableOid(relation));
  }
  yield* indexRows(view);
}

function* indexRows(view: SystemView): Iterable<SystemRow> {
  for (const { oid, relation, constraint } of keyIndexes(view.catalog.relations)) {
    let number = 0;
    for (const attribute of constraint.columns) {
      const column = columnNamed(relation, attribute);
      if (column !== undefined) yield attributeRow(oid, ++number, column.name, column.type);
    }
  }
}

/** OIDs of the tables of materialized views. */
const storageTableOidBase = 1_500_000_000;

export function storageTableOid(relation: RelationRecord): number {
  return storageTableOidBase + relation.oid;
}

function* relationRows(relation: RelationRecord, oid: number): Iterable<SystemRow> {
  for (const column of relation.columns)
    yield {
      ...attributeRow(oid, column.attributeNumber, column.name, column.type),
      attnotnull: !column.nullable,
      atthasdef: column.defaultText !== undefined || column.identity !== undefined,
      attisdistkey: isDistributionKey(relation, column),
      attsortkeyord: sortKeyOrder(relation, column),
      attencodingtype: encodingNumber(column.encoding),
    };
}

function attributeRow(relationOid: number, number: number, name: string, type: SqlType): SystemRow {
  const length = typeLength(type);
  return {
    attrelid: relationOid,
    attname: name,
    atttypid: typeOid(type),
    attstattarget: -1,
    attlen: length,
    attnum: number,
    attndims: type.name === "array" ? 1 : 0,
    attcacheoff: -1,
    atttypmod: typeModifier(type),
    attbyval: length > 0 && length <= 8,
    attstorage: length < 0 ? "x" : "p",
    attalign: length === 8 ? "d" : length === 2 ? "s" : length === 1 ? "c" : "i",
    attnotnull: false,
    atthasdef: false,
    attisdropped: false,
    attislocal: true,
    attinhcount: 0,
    attcollation: 0,
    attisdistkey: false,
    attispreloaded: false,
    attsortkeyord: 0,
    attencodingtype: 0,
    attencrypttype: 0,
  };
}

function columnAcls(view: SystemView): Map<string, string[]> {
  const letters: Readonly<Record<string, string>> = {
    select: "r",
    update: "w",
    insert: "a",
    references: "x",
  };
  const acls = new Map<string, string[]>();
  for (const relation of view.catalog.relations)
    for (const grant of relation.grants) {
      if (grant.column === undefined) continue;
      const key = `${relation.oid}.${grant.column}`;
      const letter = letters[grant.privilege] ?? "";
      const grantee = grant.granteeKind === "public" ? "" : granteeName(grant, view.leader);
      const item = `${grantee}=${letter}/${userName(grant.grantorId, view.leader)}`;
      acls.set(key, [...(acls.get(key) ?? []), item]);
    }
  return acls;
}

/** OIDs of things that live within a relation and have none of their own. */
const innerOidBase = 2_000_000_000;

export const pgAttrdef: SystemTable = systemTable(
  "pg_attrdef",
  "~oid oid, adrelid oid, adnum int2, adbin text, adsrc text",
  (view) =>
    view.catalog.relations.flatMap((relation) =>
      relation.columns.flatMap((column) => {
        const text = defaultText(relation, column);
        if (text === null) return [];
        const oid = innerOidBase + relation.oid * 8 + (column.attributeNumber % 8);
        return [{ oid, adrelid: relation.oid, adnum: column.attributeNumber, adbin: text, adsrc: text }];
      }),
    ),
);
