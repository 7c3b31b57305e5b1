import type { DataType } from "../flink/ast/data-type.ts";
import { quotedName } from "../flink/format/text-writer.ts";
import { SqlError } from "../sql-error.ts";
import type { RecordColumn, RecordSchema } from "./application-schema.ts";
import { flinkTypeText, isTimeType, sqlTypeOf } from "./column-type.ts";

/** A record's columns: as the format reads them, and what the application calls them. */
export interface RecordColumns {
  /** `name type` of each column of the table. */
  readonly physical: readonly string[];
  /** `expression AS name` of each column of the in-application stream. */
  readonly selected: readonly string[];
  /** Of the format. */
  readonly options: Readonly<Record<string, string>>;
}

/** @throws SqlError for a schema that cannot be read */
export function recordColumnsOf(schema: RecordSchema): RecordColumns {
  return schema.format.type === "JSON"
    ? jsonColumns(schema.columns, schema.format.rowPath)
    : csvColumns(schema.columns, schema.format);
}

/** An object of JSON, or a value in it. */
interface JsonNode {
  readonly members: Map<string, JsonNode>;
  type: string | undefined;
}

function jsonColumns(columns: readonly RecordColumn[], rowPath: string): RecordColumns {
  const prefix = pathOf(rowPath, "RecordRowPath");
  const root: JsonNode = { members: new Map(), type: undefined };
  const selected = columns.map((column) => {
    const { name } = column;
    const type = sqlTypeOf(column.sqlType, name);
    const path = [...prefix, ...pathOf(column.mapping ?? `$.${name}`, `column "${name}"`)];
    const read = noteLeaf(
      root,
      path,
      isTimeType(type) || isText(type) ? "STRING" : flinkTypeText(type),
      name,
    );
    return selectedText(path.map(quotedName).join("."), read, type, name);
  });
  const physical = [...root.members].map(([name, node]) => `${quotedName(name)} ${nodeText(node)}`);
  return { physical, selected, options: { format: "json", "json.ignore-parse-errors": "true" } };
}

const isText = (type: DataType): boolean =>
  type.kind === "simple-type" && (type.name === "varchar" || type.name === "char");

/** `$`, `$.a.b` @throws SqlError for arrays and everything else that a path may have */
function pathOf(path: string, where: string): readonly string[] {
  if (path === "$") {
    return [];
  }
  if (!/^\$(\.[^.[\]:*?@]+)+$/.test(path)) {
    throw new SqlError("0A000", `${where}: the path ${path} is not supported; only members of objects are`);
  }
  return path.slice(2).split(".");
}

/** The type that the value at a path is read with: the first that is asked for. */
function noteLeaf(root: JsonNode, path: readonly string[], type: string, column: string): string {
  let node = root;
  for (const name of path) {
    if (node.type !== undefined) {
      throw conflict(column);
    }
    const found: JsonNode = node.members.get(name) ?? { members: new Map(), type: undefined };
    node.members.set(name, found);
    node = found;
  }
  if (node === root || node.members.size > 0) {
    throw conflict(column);
  }
  node.type ??= type;
  return node.type;
}

const conflict = (column: string): SqlError =>
  new SqlError(
    "0A000",
    `column "${column}": its path names an object that other columns read the members of`,
  );

const nodeText = ({ members, type }: JsonNode): string =>
  type ?? `ROW<${[...members].map(([name, node]) => `${quotedName(name)} ${nodeText(node)}`).join(", ")}>`;

function csvColumns(
  columns: readonly RecordColumn[],
  format: RecordSchema["format"] & { readonly type: "CSV" },
): RecordColumns {
  if (!/^\r?\n$/.test(format.rowDelimiter)) {
    throw new SqlError("0A000", "RecordRowDelimiter: only the end of the line is supported");
  }
  const types = columns.map(({ name, sqlType }) => sqlTypeOf(sqlType, name));
  const reads = types.map((type) => (isTimeType(type) || isText(type) ? "STRING" : flinkTypeText(type)));
  return {
    physical: columns.map(({ name }, index) => `${quotedName(name)} ${reads[index] ?? ""}`),
    selected: columns.map(({ name }, index) => {
      const type = types[index];
      return type === undefined ? "" : selectedText(quotedName(name), reads[index] ?? "", type, name);
    }),
    options: {
      format: "csv",
      "csv.field-delimiter": format.columnDelimiter,
      "csv.ignore-parse-errors": "true",
    },
  };
}

/** Times come as ISO 8601 or with a blank; what is no time is NULL. */
function selectedText(path: string, read: string, type: DataType, name: string): string {
  const wanted = flinkTypeText(type);
  const alias = `AS ${quotedName(name)}`;
  if (isTimeType(type)) {
    return `TRY_CAST(REPLACE(REPLACE(${path}, 'T', ' '), 'Z', '') AS ${wanted}) ${alias}`;
  }
  return isText(type) || read === wanted ? `${path} ${alias}` : `TRY_CAST(${path} AS ${wanted}) ${alias}`;
}
