import type { RelationRecord } from "../catalog/records.ts";

/** How the engine calls a table: its names are numbers, so that renaming touches the catalog alone. */
export function engineTable(databaseName: string, oid: number): string {
  return `"${databaseName}"."main"."t${oid}"`;
}

/** Of a session's temporary tables. */
export function engineTemporaryTable(oid: number): string {
  return `"temp"."main"."t${oid}"`;
}

export function engineColumn(attributeNumber: number): string {
  return `c${attributeNumber}`;
}

export function engineSequence(databaseName: string, oid: number, attributeNumber: number): string {
  return `"${databaseName}"."main"."s${oid}_${attributeNumber}"`;
}

/** `t100123.c2` in an error of the engine, as the names that the user knows. */
export function userColumn(
  text: string,
  find: (oid: number) => RelationRecord | undefined,
): { readonly relation: RelationRecord; readonly column: string } | undefined {
  const [, oid, attribute] = /\bt(\d+)\.c(\d+)\b/.exec(text) ?? [];
  const relation = find(Number(oid));
  const column = relation?.columns.find(({ attributeNumber }) => attributeNumber === Number(attribute));
  return relation === undefined || column === undefined ? undefined : { relation, column: column.name };
}
