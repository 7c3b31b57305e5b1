import type { QualifiedName } from "../ast/name.ts";
import type { CatalogTable } from "../catalog/catalog-object.ts";
import type { Relation, TableColumn } from "../relation.ts";
import { withNullable } from "../type-rules.ts";
import { fieldTypeText } from "../type-text.ts";
import type { Field } from "../types.ts";
import type { ProgramSession } from "./program-session.ts";

export const describeHeader: readonly string[] = ["name", "type", "null", "key", "extras", "watermark"];

/** A row for each column of a table or view, as DESCRIBE shows it. */
export function describedColumns(
  name: QualifiedName,
  session: ProgramSession,
): readonly (readonly string[])[] {
  const object = session.object(name);
  return object.kind === "table" ? tableRows(object) : viewRows(session.bindView(object));
}

function viewRows(relation: Relation): readonly (readonly string[])[] {
  return relation.fields.map((field) => [field.name, ...typeAndNull(field), "", "", ""]);
}

function typeAndNull(field: Field): readonly [string, string] {
  const type = withNullable(field.type, true);
  return [fieldTypeText({ ...field, type }), field.type.nullable ? "TRUE" : "FALSE"];
}

function tableRows(table: CatalogTable): readonly (readonly string[])[] {
  const { columns, primaryKey, watermark } = table.definition;
  const keyNames = primaryKey.map((index) => columns[index]?.field.name).join(", ");
  return columns.map((column, index) => [
    column.field.name,
    ...typeAndNull(column.field),
    primaryKey.includes(index) ? `PRI(${keyNames})` : "",
    extras(column, table.columnTexts[index]?.expression),
    watermark?.column === index ? (table.watermarkText ?? "") : "",
  ]);
}

function extras(column: TableColumn, expression: string | undefined): string {
  if (column.kind === "computed") return `AS ${expression ?? ""}`;
  if (column.kind === "physical") return "";
  const from = column.key === column.field.name ? "" : ` FROM '${column.key.replaceAll("'", "''")}'`;
  return `METADATA${from}${column.isVirtual ? " VIRTUAL" : ""}`;
}
