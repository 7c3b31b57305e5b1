import type { Option } from "../ast/name.ts";
import type {
  AlterTable,
  AlterTableAction,
  ColumnDefinition,
  ColumnPosition,
  CreateMaterializedTable,
  CreateTable,
  Distribution,
  KeyConstraint,
  LikeClause,
  PartitionSpec,
  TableSchema,
} from "../ast/table.ts";
import {
  columnsText,
  joined,
  literalText,
  nameText,
  optionText,
  pathText,
  type TextWriter,
} from "./text-writer.ts";
import { dataTypeText } from "./type-text.ts";

export const optionsText = (options: readonly Option[]): string => `(${options.map(optionText).join(", ")})`;

export const withText = (options: readonly Option[]): string =>
  options.length === 0 ? "" : `WITH ${optionsText(options)}`;

export const commentText = (comment: string | undefined): string =>
  comment === undefined ? "" : `COMMENT ${literalText(comment)}`;

export const keysText = (keys: readonly string[]): string => `(${keys.map(literalText).join(", ")})`;

export function createTableText(writer: TextWriter, table: CreateTable): string {
  const begin = table.replaceOnly ? "REPLACE" : joined(["CREATE", table.orReplace && "OR REPLACE"]);
  return joined([
    begin,
    table.temporary && "TEMPORARY",
    "TABLE",
    table.ifNotExists && "IF NOT EXISTS",
    `${pathText(table.name)}${columnsText(table.columnOrder)}`,
    schemaText(writer, table.schema),
    clausesText(table),
    table.like === undefined ? "" : likeText(table.like),
    table.as === undefined ? "" : `AS ${writer.query(table.as)}`,
  ]);
}

export function createMaterializedTableText(writer: TextWriter, table: CreateMaterializedTable): string {
  return joined([
    "CREATE",
    table.orAlter && "OR ALTER",
    "MATERIALIZED TABLE",
    table.ifNotExists && "IF NOT EXISTS",
    `${pathText(table.name)}${columnsText(table.columnOrder)}`,
    schemaText(writer, table.schema),
    clausesText(table),
    table.freshness === undefined ? "" : `FRESHNESS = ${writer.expression(table.freshness)}`,
    table.refreshMode === undefined ? "" : `REFRESH_MODE = ${table.refreshMode.toUpperCase()}`,
    `AS ${writer.query(table.as)}`,
  ]);
}

const clausesText = (
  table: Pick<CreateTable, "comment" | "distribution" | "partitionedBy" | "options">,
): string =>
  joined([
    commentText(table.comment),
    table.distribution === undefined ? "" : `DISTRIBUTED ${distributionText(table.distribution)}`,
    table.partitionedBy.length === 0 ? "" : `PARTITIONED BY${columnsText(table.partitionedBy)}`,
    withText(table.options),
  ]);

const distributionText = ({ method, columns, buckets }: Distribution): string =>
  joined([
    columns.length === 0
      ? ""
      : `BY${method === undefined ? "" : ` ${method.toUpperCase()}`}${columnsText(columns)}`,
    buckets === undefined ? "" : `INTO ${buckets} BUCKETS`,
  ]);

function likeText({ name, options }: LikeClause): string {
  const items = options.map(({ strategy, feature }) => `${strategy} ${feature}`.toUpperCase());
  return `LIKE ${pathText(name)}${items.length === 0 ? "" : ` (${items.join(" ")})`}`;
}

/** In brackets; nothing for none. */
export function schemaText(
  writer: TextWriter,
  schema: TableSchema,
  positions: readonly (ColumnPosition | undefined)[] = [],
): string {
  const columns = schema.columns.map((column, index) =>
    joined([columnText(writer, column), positionText(positions[index])]),
  );
  const watermarks = schema.watermarks.map(
    ({ column, expression }) => `WATERMARK FOR ${pathText(column)} AS ${writer.expression(expression)}`,
  );
  const elements = [...columns, ...watermarks, ...schema.constraints.map(constraintText)];
  return elements.length === 0 ? "" : `(${elements.join(", ")})`;
}

function columnText(writer: TextWriter, column: ColumnDefinition): string {
  const name = nameText(column.name);
  const comment = commentText(column.comment);
  switch (column.kind) {
    case "physical":
      return joined([name, dataTypeText(column.type), comment]);
    case "metadata": {
      const from = column.key === undefined ? "" : `FROM ${literalText(column.key)}`;
      return joined([
        name,
        dataTypeText(column.type),
        "METADATA",
        from,
        column.virtual && "VIRTUAL",
        comment,
      ]);
    }
    case "computed":
      return joined([name, "AS", writer.expression(column.expression), comment]);
  }
}

function positionText(position: ColumnPosition | undefined): string {
  if (position === undefined) {
    return "";
  }
  return position.kind === "first" ? "FIRST" : `AFTER ${pathText(position.column)}`;
}

const constraintText = ({ kind, name, columns, enforced }: KeyConstraint): string =>
  joined([
    name === undefined ? "" : `CONSTRAINT ${nameText(name)}`,
    `${kind.toUpperCase()}${columnsText(columns)}`,
    enforced === undefined ? "" : enforced ? "ENFORCED" : "NOT ENFORCED",
  ]);

/** `(p = 'x', q)` */
export const partitionText = (writer: TextWriter, values: PartitionSpec): string =>
  `(${values
    .map(({ column, value }) =>
      value === undefined ? nameText(column) : `${nameText(column)} = ${writer.expression(value)}`,
    )
    .join(", ")})`;

export const alterTableText = (writer: TextWriter, table: AlterTable): string =>
  joined([
    "ALTER",
    table.materialized && "MATERIALIZED",
    "TABLE",
    table.ifExists && "IF EXISTS",
    pathText(table.name),
    actionText(writer, table.action),
  ]);

function actionText(writer: TextWriter, action: AlterTableAction): string {
  switch (action.kind) {
    case "rename":
      return `RENAME TO ${pathText(action.newName)}`;
    case "rename column":
      return `RENAME ${pathText(action.column)} TO ${nameText(action.newName)}`;
    case "set":
      return `SET ${optionsText(action.options)}`;
    case "reset":
      return `RESET ${keysText(action.keys)}`;
    case "add":
    case "modify":
      return `${action.kind.toUpperCase()} ${schemaText(writer, action.schema, action.positions)}`;
    case "add distribution":
    case "modify distribution":
      return `${action.kind.toUpperCase()} ${distributionText(action.distribution)}`;
    case "drop columns":
      return `DROP (${action.columns.map(pathText).join(", ")})`;
    case "drop constraint":
      return `DROP CONSTRAINT ${nameText(action.constraint)}`;
    case "add partitions": {
      const parts = action.partitions.map(({ values, options }) =>
        joined([`PARTITION ${partitionText(writer, values)}`, withText(options)]),
      );
      return joined(["ADD", action.ifNotExists && "IF NOT EXISTS", ...parts]);
    }
    case "drop partitions": {
      const parts = action.partitions.map((values) => `PARTITION ${partitionText(writer, values)}`);
      return joined(["DROP", action.ifExists && "IF EXISTS", parts.join(", ")]);
    }
    case "resume":
      return joined(["RESUME", withText(action.options)]);
    case "refresh":
      return joined([
        "REFRESH",
        action.partition.length > 0 && `PARTITION ${partitionText(writer, action.partition)}`,
      ]);
    case "set freshness":
      return `SET FRESHNESS = ${writer.expression(action.freshness)}`;
    case "set refresh mode":
      return `SET REFRESH_MODE = ${action.mode.toUpperCase()}`;
    case "as":
      return `AS ${writer.query(action.query)}`;
    default:
      return action.kind.toUpperCase();
  }
}
