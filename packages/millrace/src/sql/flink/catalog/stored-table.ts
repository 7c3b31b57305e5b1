import type { TableColumn } from "../relation.ts";
import { typeText } from "../type-text.ts";
import type { CatalogTable } from "./catalog-object.ts";
import type { ExternalTable } from "./catalog-port.ts";
import { hiveType } from "./hive-type.ts";

/** Properties of tables that Flink made begin with this in catalogs that Hive shares. */
export const flinkPrefix = "flink.";

/**
 * A table as the catalog of Hive in Flink writes it: all that Hive has no place for is in the properties, as
 * `flink.schema.0.name`, `flink.schema.watermark.0.rowtime` and so on.
 */
export function storedTable(table: CatalogTable): ExternalTable {
  const { definition } = table;
  const parameters: Record<string, string> = { is_generic: "true" };
  const put = (key: string, value: string): void => {
    parameters[`${flinkPrefix}${key}`] = value;
  };
  for (const [key, value] of Object.entries(definition.options)) put(key, value);
  for (const [index, column] of definition.columns.entries()) {
    const text = table.columnTexts[index];
    put(`schema.${index}.name`, column.field.name);
    put(`schema.${index}.data-type`, typeText(column.field.type));
    if (text?.comment !== undefined) put(`schema.${index}.comment`, text.comment);
    if (column.kind === "computed") put(`schema.${index}.expr`, text?.expression ?? "");
    if (column.kind === "metadata") {
      put(`schema.${index}.metadata`, column.key);
      put(`schema.${index}.virtual`, String(column.isVirtual));
    }
  }
  const { watermark, primaryKey, partitionKeys } = definition;
  const name = (index: number): string => definition.columns[index]?.field.name ?? "";
  if (watermark !== undefined) {
    put("schema.watermark.0.rowtime", name(watermark.column));
    put("schema.watermark.0.strategy.expr", table.watermarkText ?? "");
    put("schema.watermark.0.strategy.data-type", typeText(watermark.expression.type));
  }
  if (primaryKey.length > 0) {
    put("schema.primary-key.name", table.keyName ?? `PK_${primaryKey.map(name).join("_")}`);
    put("schema.primary-key.columns", primaryKey.map(name).join(","));
  }
  for (const [index, key] of partitionKeys.entries()) put(`partition.keys.${index}.name`, name(key));
  if (table.comment !== undefined) put("comment", table.comment);
  return {
    columns: definition.columns.filter(isPhysical).map((column) => ({
      name: column.field.name,
      type: hiveType(column.field.type),
      comment: undefined,
      parameters: {},
    })),
    partitionColumns: [],
    parameters,
    comment: table.comment,
    tableType: "EXTERNAL_TABLE",
    location: definition.options["path"],
    inputFormat: undefined,
    serializationLibrary: undefined,
    serdeParameters: {},
  };
}

function isPhysical(column: TableColumn): boolean {
  return column.kind === "physical";
}
