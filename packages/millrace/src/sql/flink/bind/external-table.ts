import type { CatalogTable, ObjectPath } from "../catalog/catalog-object.ts";
import type { ExternalColumn, ExternalTable } from "../catalog/catalog-port.ts";
import { fromHiveType } from "../catalog/hive-type.ts";
import { flinkPrefix } from "../catalog/stored-table.ts";
import { parseExpressionText } from "../parser/flink-parser.ts";
import { quoted } from "../type-text.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { finishTable, type TableChecks } from "./finish-table.ts";
import type { DraftColumn, DraftExpression, TableDraft } from "./table-draft.ts";
import { parseTypeText } from "./type-name.ts";

/** A table of a data catalog: one that Flink made there, or files as Hive lays them out. */
export function fromStored(path: ObjectPath, table: ExternalTable, checks: TableChecks): CatalogTable {
  if (table.tableType === "VIRTUAL_VIEW")
    throw elsewhere(`the view '${path.join(".")}' of a data catalog`, undefined);
  const properties = flinkProperties(table.parameters);
  const isFlink = properties["schema.0.name"] !== undefined;
  const columns = isFlink ? storedColumns(properties) : hiveColumns(table);
  const draft: TableDraft = {
    columns,
    watermark: storedWatermark(properties),
    primaryKey: storedKey(properties),
    partitionKeys: isFlink
      ? numbered(properties, "partition.keys", "name")
      : table.partitionColumns.map((column) => column.name),
    options: isFlink ? optionsOf(properties) : hiveOptions(table, properties, path),
    comment: table.comment,
  };
  if (!isFlink) addTimeColumns(draft, table.parameters);
  return finishTable(draft, path, false, checks);
}

/** Properties with Flink's prefix, without it. */
function flinkProperties(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([key, value]) =>
      key.startsWith(flinkPrefix) ? [[key.slice(flinkPrefix.length), value]] : [],
    ),
  );
}

const maxStoredColumns = 4_000;

function numbered(
  properties: Readonly<Record<string, string>>,
  prefix: string,
  name: string,
): readonly string[] {
  const values: string[] = [];
  for (let index = 0; index < maxStoredColumns; index++) {
    const value = properties[`${prefix}.${index}.${name}`];
    if (value === undefined) break;
    values.push(value);
  }
  return values;
}

function storedColumns(properties: Readonly<Record<string, string>>): DraftColumn[] {
  return numbered(properties, "schema", "name").map((name, index): DraftColumn => {
    const property = (key: string): string | undefined => properties[`schema.${index}.${key}`];
    const shared = { name, comment: property("comment"), span: undefined };
    const expression = property("expr");
    if (expression !== undefined) return { ...shared, kind: "computed", expression: written(expression) };
    const type = parseTypeText(property("data-type") ?? "");
    const key = property("metadata");
    return key === undefined
      ? { ...shared, kind: "physical", type }
      : { ...shared, kind: "metadata", type, key, isVirtual: property("virtual") === "true" };
  });
}

function written(text: string): DraftExpression {
  return { kind: "written", node: parseExpressionText(text), text };
}

function storedWatermark(properties: Readonly<Record<string, string>>): TableDraft["watermark"] {
  const column = properties["schema.watermark.0.rowtime"];
  const expression = properties["schema.watermark.0.strategy.expr"];
  if (column === undefined || expression === undefined) return undefined;
  return { column, span: undefined, expression: written(expression) };
}

function storedKey(properties: Readonly<Record<string, string>>): TableDraft["primaryKey"] {
  const columns = properties["schema.primary-key.columns"];
  if (columns === undefined) return undefined;
  return { name: properties["schema.primary-key.name"], columns: columns.split(",") };
}

function optionsOf(properties: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([key]) => !/^(schema|partition\.keys)\./.test(key) && key !== "comment",
    ),
  );
}

function hiveColumns(table: ExternalTable): DraftColumn[] {
  return [...table.columns, ...table.partitionColumns].map((column) => ({
    kind: "physical",
    name: column.name,
    comment: column.comment,
    span: undefined,
    type: hiveColumnType(column),
  }));
}

function hiveColumnType(column: ExternalColumn): Extract<DraftColumn, { kind: "physical" }>["type"] {
  const type = fromHiveType(column.type);
  if (type === undefined) {
    throw elsewhere(`the type '${column.type}' of the column '${column.name}' in a data catalog`, undefined);
  }
  return type;
}

/** What files hold, by the name of what reads them in Hive. */
const formats: readonly (readonly [part: string, format: string])[] = [
  ["json", "json"],
  ["opencsv", "csv"],
  ["lazysimple", "csv"],
  ["parquet", "parquet"],
];

/** Properties that clients and crawlers of a catalog keep for themselves: no options of a connector. */
const ownProperties: readonly RegExp[] = [
  /^(EXTERNAL|classification|comment|compressionType|connectionName|typeOfData|is_generic|useGlueParquetWriter)$/,
  /^(columnsOrdered|areColumnsQuoted|delimiter|endpointUrl|streamName|streamARN|has_encrypted_data|table_type)$/,
  /^(averageRecordSize|objectCount|recordCount|sizeKey|skip\.header\.line\.count|transient_lastDdlTime)$/,
  /^(CrawlerSchema|UPDATED_BY_CRAWLER|CRAWL_|partition_filtering|projection\.|exclusions|numFiles|numRows)/,
  /^(managed-flink|kinesisanalytics|flink|storage|spark\.sql)\./,
];

function connectorOptions(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parameters).filter(([key]) => !ownProperties.some((form) => form.test(key))),
  );
}

/** A connector said in the properties, a stream that the catalog describes, else files of a location. */
function hiveOptions(
  table: ExternalTable,
  properties: Readonly<Record<string, string>>,
  path: ObjectPath,
): Readonly<Record<string, string>> {
  const { parameters } = table;
  const said = { ...connectorOptions(parameters), ...optionsOf(properties) };
  if (said["connector"] !== undefined) return said;
  const format = said["format"] ?? formatOf(table);
  if (parameters["typeOfData"] === "kinesis" && format !== undefined) {
    return { connector: "kinesis", ...streamOf(parameters), format, ...said };
  }
  if (table.location === undefined || table.location === "" || format === undefined) {
    throw invalid(
      `the table '${path.join(".")}' says neither a connector nor a location with files of JSON, CSV or Parquet`,
      undefined,
    );
  }
  const headerLines = Number(
    parameters["skip.header.line.count"] ?? table.serdeParameters["skip.header.line.count"] ?? 0,
  );
  if (headerLines > 0) throw elsewhere(`the table '${path.join(".")}' of files with header lines`, undefined);
  const delimiter = table.serdeParameters["field.delim"] ?? table.serdeParameters["separatorChar"];
  const csv = format === "csv" && delimiter !== undefined ? { "csv.field-delimiter": delimiter } : {};
  return { connector: "filesystem", path: table.location, format, ...csv, ...said };
}

function formatOf(table: ExternalTable): string | undefined {
  const library = (table.serializationLibrary ?? table.inputFormat ?? "").toLowerCase();
  const classification = table.parameters["classification"]?.toLowerCase();
  const known = formats.find(([part]) => library.includes(part))?.[1];
  return known ?? formats.find(([, name]) => name === classification)?.[1];
}

function streamOf(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { streamARN, streamName } = parameters;
  if (streamARN !== undefined) return { "stream.arn": streamARN };
  return streamName === undefined ? {} : { stream: streamName };
}

/**
 * `managed-flink.proctime`, `managed-flink.rowtime` and `managed-flink.watermark.<column>.milliseconds`, as tables
 * for notebooks on AWS have them. Docs: "Table properties" of Managed Service for Apache Flink.
 */
function addTimeColumns(draft: TableDraft, parameters: Readonly<Record<string, string>>): void {
  const property = (name: string): string | undefined =>
    parameters[`managed-flink.${name}`] ?? parameters[`kinesisanalytics.${name}`];
  const proctime = property("proctime");
  if (proctime !== undefined) {
    const expression = written("PROCTIME()");
    draft.columns.push({ kind: "computed", name: proctime, comment: undefined, span: undefined, expression });
  }
  const rowtime = property("rowtime");
  if (rowtime === undefined || draft.watermark !== undefined) return;
  const delayMs = Number(property(`watermark.${rowtime}.milliseconds`) ?? 0);
  const delay =
    Number.isSafeInteger(delayMs) && delayMs > 0 ? ` - INTERVAL '${(delayMs / 1000).toFixed(3)}' SECOND` : "";
  const expression = written(`${quoted(rowtime)}${delay}`);
  draft.watermark = { column: rowtime, span: undefined, expression };
}
