import type { ColumnRecord, RelationRecord, SchemaRecord } from "../catalog/records.ts";
import type { SystemView } from "./system-view.ts";

/** Owner of everything that Redshift brings along. */
export const systemOwnerId = 1;

const bareSchema = {
  kind: "schema",
  ownerId: systemOwnerId,
  quotaMb: undefined,
  comment: undefined,
  external: undefined,
} as const;

const usageOfAll = Object.freeze([
  {
    granteeKind: "public",
    granteeId: 0,
    grantorId: systemOwnerId,
    privilege: "usage",
    withGrantOption: false,
  } as const,
]);

export const pgCatalogOid = 11;
export const informationSchemaOid = 2_800;

/** Schemas that no record stands for. */
export const systemSchemas: readonly SchemaRecord[] = Object.freeze([
  {
    ...bareSchema,
    oid: pgCatalogOid,
    name: "pg_catalog",
    comment: "System catalog schema",
    grants: usageOfAll,
  },
  { ...bareSchema, oid: 99, name: "pg_toast", comment: "Reserved schema for TOAST tables", grants: [] },
  { ...bareSchema, oid: 2_801, name: "pg_internal", grants: [] },
  { ...bareSchema, oid: informationSchemaOid, name: "information_schema", grants: usageOfAll },
]);

/** All schemas of the session's database. */
export function allSchemas(view: SystemView): readonly SchemaRecord[] {
  return [...systemSchemas, ...view.catalog.schemas];
}

export function schemaOf(
  relation: { readonly schemaOid: number },
  view: SystemView,
): SchemaRecord | undefined {
  return view.catalog.schemas.find((schema) => schema.oid === relation.schemaOid);
}

/** Tables and views of the session's database with the schemas that they stand in. */
export function* relationsInSchemas(view: SystemView): Iterable<readonly [RelationRecord, SchemaRecord]> {
  const schemas = new Map(view.catalog.schemas.map((schema) => [schema.oid, schema]));
  for (const relation of view.catalog.relations) {
    const schema = schemas.get(relation.schemaOid);
    if (schema !== undefined) yield [relation, schema];
  }
}

export function isView(relation: RelationRecord): boolean {
  return relation.type !== "table";
}

/** Materialized views have rows of their own. */
export function hasRows(relation: RelationRecord): boolean {
  return relation.type === "table" || relation.type === "materialized view";
}

export function columnNamed(
  relation: RelationRecord,
  attributeNumber: number | undefined,
): ColumnRecord | undefined {
  return relation.columns.find((column) => column.attributeNumber === attributeNumber);
}

/** Place of a column in the sort key, from 1, negative in an interleaved one as pg_attribute has it; 0 for none. */
export function sortKeyOrder(relation: RelationRecord, column: ColumnRecord): number {
  const place = (relation.sort?.columns.indexOf(column.attributeNumber) ?? -1) + 1;
  if (place === 0) return 0;
  return relation.sort?.style === "interleaved" ? (place % 2 === 1 ? place : -place) : place;
}

export function isDistributionKey(relation: RelationRecord, column: ColumnRecord): boolean {
  return relation.distribution.style === "key" && relation.distribution.column === column.attributeNumber;
}

/** `AUTO(EVEN)`, `KEY(a)`, `ALL`: as SVV_TABLE_INFO has it. */
export function distributionText(relation: RelationRecord): string {
  const { style, auto } = relation.distribution;
  const key = columnNamed(relation, relation.distribution.column)?.name ?? "";
  const text = style === "key" ? `KEY(${key})` : style.toUpperCase();
  return auto ? `AUTO(${text})` : text;
}

/** Text of a column's default as the catalog shows it: identity columns have a function of theirs. */
export function defaultText(relation: RelationRecord, column: ColumnRecord): string | null {
  const { identity } = column;
  if (identity === undefined) return column.defaultText ?? null;
  const place = relation.columns.indexOf(column);
  const name = identity.byDefault ? "default_identity" : '"identity"';
  return `${name}(${relation.oid}, ${place}, '${identity.seed},${identity.step}'::text)`;
}
