import type { Option } from "../ast/name.ts";
import type { CreateTable, TableSchema } from "../ast/table.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { flinkType } from "./data-type.ts";
import type { DraftColumn, DraftExpression, TableDraft } from "./table-draft.ts";

export type SchemaParts = Pick<TableDraft, "columns" | "watermark" | "primaryKey">;

/** What stands in the brackets of CREATE TABLE and of ALTER TABLE ADD. */
export function schemaParts(schema: TableSchema, text: string): SchemaParts {
  return {
    columns: schema.columns.map((column) => draftColumn(column, text)),
    watermark: draftWatermark(schema, text),
    primaryKey: primaryKey(schema),
  };
}

function draftColumn(column: TableSchema["columns"][number], text: string): DraftColumn {
  const shared = { name: column.name.name, comment: column.comment, span: column.name.span };
  switch (column.kind) {
    case "physical":
      return { ...shared, kind: "physical", type: flinkType(column.type) };
    case "metadata": {
      const type = flinkType(column.type);
      const key = column.key ?? shared.name;
      return { ...shared, kind: "metadata", type, key, isVirtual: column.virtual };
    }
    case "computed":
      return { ...shared, kind: "computed", expression: written(column.expression, text) };
  }
}

function written(node: Extract<DraftExpression, { kind: "written" }>["node"], text: string): DraftExpression {
  return { kind: "written", node, text: text.slice(node.span.start, node.span.end) };
}

function draftWatermark({ watermarks }: TableSchema, text: string): TableDraft["watermark"] {
  const [watermark, second] = watermarks;
  if (second !== undefined) {
    throw invalid("multiple WATERMARK declarations are not supported", second.span.start, "42601");
  }
  if (watermark === undefined) return undefined;
  const [column, field] = watermark.column.parts;
  if (column === undefined || field !== undefined) {
    throw elsewhere("a WATERMARK for a field of a ROW", watermark.column.span.start);
  }
  return { column: column.name, span: column.span, expression: written(watermark.expression, text) };
}

function primaryKey({ constraints }: TableSchema): TableDraft["primaryKey"] {
  for (const constraint of constraints) {
    if (constraint.kind === "unique") {
      throw invalid(
        "UNIQUE constraint is not supported: Flink has PRIMARY KEY ... NOT ENFORCED",
        constraint.span.start,
      );
    }
    if (constraint.enforced !== false) {
      throw invalid(
        "PRIMARY KEY must be NOT ENFORCED: Flink does not own the data, so it cannot enforce the key",
        constraint.span.start,
      );
    }
  }
  const [key, second] = constraints;
  if (second !== undefined) throw invalid("duplicate PRIMARY KEY definition", second.span.start, "42P16");
  if (key === undefined) return undefined;
  return { name: key.name?.name, columns: key.columns.map((column) => column.name) };
}

/** The parts of a CREATE TABLE without LIKE and AS. */
export function draftOfStatement(node: CreateTable, text: string): TableDraft {
  if (node.distribution !== undefined) throw elsewhere("DISTRIBUTED BY", node.distribution.span.start);
  const parts = schemaParts(node.schema, text);
  return {
    ...parts,
    partitionKeys: node.partitionedBy.map((column) => column.name),
    options: optionRecord(node.options),
    comment: node.comment,
  };
}

/** The options of WITH. @throws SqlError for one that is there twice */
export function optionRecord(options: readonly Option[]): Readonly<Record<string, string>> {
  const record: Record<string, string> = {};
  for (const { key, value, span } of options) {
    if (Object.hasOwn(record, key)) throw invalid(`the option '${key}' is there twice`, span.start, "42701");
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return record;
}
