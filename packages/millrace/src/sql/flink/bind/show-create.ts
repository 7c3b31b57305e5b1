import type { CatalogTable, CatalogView, ObjectPath } from "../catalog/catalog-object.ts";
import type { Catalogs } from "../catalog/catalogs.ts";
import type { Relation } from "../relation.ts";
import { quoted, typeText } from "../type-text.ts";

/** The statement that makes the table again. */
export function createTableText(table: CatalogTable): string {
  const { definition } = table;
  const name = (index: number): string => quoted(definition.columns[index]?.field.name ?? "");
  const lines = definition.columns.map((_, index) => columnLine(table, index));
  if (definition.watermark !== undefined) {
    lines.push(`WATERMARK FOR ${name(definition.watermark.column)} AS ${table.watermarkText ?? ""}`);
  }
  if (definition.primaryKey.length > 0) {
    const constraint = table.keyName === undefined ? "" : `CONSTRAINT ${quoted(table.keyName)} `;
    lines.push(`${constraint}PRIMARY KEY (${definition.primaryKey.map(name).join(", ")}) NOT ENFORCED`);
  }
  const temporary = table.isTemporary ? "TEMPORARY " : "";
  const comment = table.comment === undefined ? "" : `COMMENT ${text(table.comment)}\n`;
  const partitions =
    definition.partitionKeys.length === 0
      ? ""
      : `PARTITIONED BY (${definition.partitionKeys.map(name).join(", ")})\n`;
  return [
    `CREATE ${temporary}TABLE ${pathText(definition.path)} (\n  ${lines.join(",\n  ")}\n)\n`,
    comment,
    partitions,
    optionsText(definition.options),
  ].join("");
}

function columnLine(table: CatalogTable, index: number): string {
  const column = table.definition.columns[index];
  const texts = table.columnTexts[index];
  if (column === undefined) throw new Error(`no column ${index}`);
  const comment = texts?.comment === undefined ? "" : ` COMMENT ${text(texts.comment)}`;
  const name = quoted(column.field.name);
  if (column.kind === "computed") return `${name} AS ${texts?.expression ?? ""}${comment}`;
  const type = typeText(column.field.type);
  if (column.kind === "physical") return `${name} ${type}${comment}`;
  const from = column.key === column.field.name ? "" : ` FROM ${text(column.key)}`;
  return `${name} ${type} METADATA${from}${column.isVirtual ? " VIRTUAL" : ""}${comment}`;
}

export function createViewText(view: CatalogView, relation: Relation): string {
  const columns = relation.fields.map((field) => `  ${quoted(field.name)}`).join(",\n");
  const temporary = view.isTemporary ? "TEMPORARY " : "";
  const comment = view.comment === undefined ? "" : `COMMENT ${text(view.comment)}\n`;
  return `CREATE ${temporary}VIEW ${pathText(view.path)} (\n${columns}\n)\n${comment}AS ${view.text}\n`;
}

export function createCatalogText(name: string, catalogs: Catalogs): string {
  const { type, options } = catalogs.catalog(name);
  return `CREATE CATALOG ${quoted(name)}\n${optionsText({ type, ...options })}`;
}

function optionsText(options: Readonly<Record<string, string>>): string {
  const lines = Object.entries(options).map(([key, value]) => `  ${text(key)} = ${text(shown(key, value))}`);
  return lines.length === 0 ? "" : `WITH (\n${lines.join(",\n")}\n)\n`;
}

const hiddenKeys = [
  "password",
  "secret",
  "fs.azure.account.key",
  "apikey",
  "auth-params",
  "service-key",
  "token",
] as const;

/** What is a secret by its name is not shown. */
function shown(key: string, value: string): string {
  const lower = key.toLowerCase();
  return hiddenKeys.some((part) => lower.includes(part)) ? "******" : value;
}

function pathText(path: ObjectPath): string {
  return path.map(quoted).join(".");
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
