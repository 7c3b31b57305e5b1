import type { BoundExpression } from "../bound-expression.ts";
import type { CatalogTable, ObjectPath } from "../catalog/catalog-object.ts";
import type { TableColumn, WatermarkDefinition } from "../relation.ts";
import { isTimestamp, withNullable } from "../type-rules.ts";
import { typeText } from "../type-text.ts";
import type { Field, FlinkType } from "../types.ts";
import { elsewhere, invalid, proposal } from "./bind-error.ts";
import type { ConnectorFacts } from "./bound-program.ts";
import { checkSize } from "./build.ts";
import { coerce } from "./coerce.ts";
import { bindExpression } from "./expression.ts";
import { rowContext } from "./expression-context.ts";
import { metadataSource } from "./metadata-column.ts";
import { mapColumns } from "./rewrite.ts";
import type { RangeColumn, Scope } from "./scope.ts";
import type { StatementContext } from "./statement-context.ts";
import type { DraftColumn, DraftExpression, DraftWatermark, TableDraft } from "./table-draft.ts";

/** What a table is checked against. */
export interface TableChecks {
  readonly statement: StatementContext;
  readonly connectors: ReadonlyMap<string, ConnectorFacts>;
}

/** Columns of one table. */
const maxColumns = 4_000;

/** The table that a draft describes. @throws SqlError for what does not fit together */
export function finishTable(
  draft: TableDraft,
  path: ObjectPath,
  isTemporary: boolean,
  checks: TableChecks,
): CatalogTable {
  checkNames(draft);
  const keyColumns = new Set(draft.primaryKey?.columns ?? []);
  const fields: (Field | undefined)[] = draft.columns.map((column) =>
    column.kind === "computed" ? undefined : { name: column.name, type: columnType(column, keyColumns) },
  );
  const expressions = draft.columns.map((column, index) => {
    if (column.kind !== "computed") return undefined;
    const expression = bindDraft(column.expression, draft, fields, "a computed column", checks);
    fields[index] = computedField(column.name, expression);
    return expression;
  });
  const watermark =
    draft.watermark === undefined ? undefined : finishWatermark(draft.watermark, draft, fields, checks);
  const columns = draft.columns.map((column, index): TableColumn => {
    const field = fields[index];
    if (field === undefined) throw new Error(`no column ${index}`);
    const timed: Field = index === watermark?.column ? { ...field, time: "rowtime" } : field;
    const expression = expressions[index];
    if (expression !== undefined) return { kind: "computed", field: timed, expression };
    if (column.kind !== "metadata") return { kind: "physical", field: timed };
    const sourceType = metadataSource(column, draft.options, path, checks.connectors);
    const metadata = {
      kind: "metadata",
      field: timed,
      key: column.key,
      isVirtual: column.isVirtual,
    } as const;
    return sourceType === undefined ? metadata : { ...metadata, sourceType };
  });
  return {
    kind: "table",
    isTemporary,
    definition: {
      path,
      columns,
      watermark,
      primaryKey: physicalColumns(draft.primaryKey?.columns ?? [], draft, "PRIMARY KEY"),
      partitionKeys: physicalColumns(draft.partitionKeys, draft, "PARTITIONED BY"),
      options: draft.options,
    },
    comment: draft.comment,
    columnTexts: draft.columns.map((column) => ({
      comment: column.comment,
      expression: column.kind === "computed" ? column.expression.text : undefined,
    })),
    watermarkText: draft.watermark?.expression.text,
    keyName: draft.primaryKey?.name,
  };
}

function checkNames(draft: TableDraft): void {
  if (draft.columns.length > maxColumns) {
    throw invalid(`a table has at most ${maxColumns} columns`, undefined, "54011");
  }
  const names = new Set<string>();
  for (const column of draft.columns) {
    if (names.has(column.name)) {
      throw invalid(
        `a column named '${column.name}' already exists in the table`,
        column.span?.start,
        "42701",
      );
    }
    names.add(column.name);
  }
}

/** Columns of the key are NOT NULL, said or not. */
function columnType(
  column: Exclude<DraftColumn, { readonly kind: "computed" }>,
  keyColumns: ReadonlySet<string>,
): FlinkType {
  return keyColumns.has(column.name) ? withNullable(column.type, false) : column.type;
}

function computedField(name: string, expression: BoundExpression): Field {
  const isProctime = expression.kind === "call" && expression.function === "proctime";
  return isProctime ? { name, type: expression.type, time: "proctime" } : { name, type: expression.type };
}

/** An expression over the columns whose types are known. */
function bindDraft(
  expression: DraftExpression,
  draft: TableDraft,
  fields: readonly (Field | undefined)[],
  clause: string,
  checks: TableChecks,
): BoundExpression {
  if (expression.kind === "bound") return moved(expression, draft, clause);
  const { statement } = checks;
  const query = { statement, tables: [], outer: undefined, depth: 0 };
  const bound = bindExpression(expression.node, rowContext(query, tableScope(fields), clause));
  checkSize(bound, statement.keys);
  if (bound.type.kind === "null") {
    throw invalid(
      `${clause} cannot be NULL without a type: write CAST(NULL AS ...)`,
      expression.node.span.start,
      "42804",
    );
  }
  return bound;
}

function tableScope(fields: readonly (Field | undefined)[]): Scope {
  const nothing: Field = { name: "", type: { kind: "null", nullable: true } };
  const columns = fields.flatMap((field, index): RangeColumn[] =>
    field === undefined ? [] : [{ name: field.name, index, isMerged: false }],
  );
  return {
    relation: { kind: "values", fields: fields.map((field) => field ?? nothing), rows: [] },
    tables: [{ name: undefined, path: undefined, columns }],
    merged: [],
  };
}

/** An expression of before, over the columns of the draft. */
function moved(
  { expression, names }: Extract<DraftExpression, { readonly kind: "bound" }>,
  draft: TableDraft,
  clause: string,
): BoundExpression {
  return mapColumns(expression, (part) => {
    const name = names[part.index] ?? "";
    const index = draft.columns.findIndex((column) => column.name === name);
    if (index < 0) throw invalid(`the column '${name}' is used by ${clause}`, undefined, "2BP01");
    return { ...part, index };
  });
}

function finishWatermark(
  watermark: DraftWatermark,
  draft: TableDraft,
  fields: readonly (Field | undefined)[],
  checks: TableChecks,
): WatermarkDefinition {
  const at = watermark.span?.start;
  const column = draft.columns.findIndex((entry) => entry.name === watermark.column);
  const field = fields[column];
  if (field === undefined) {
    const names = draft.columns.map((entry) => entry.name);
    throw invalid(
      `the rowtime attribute field '${watermark.column}' is not defined in the table${proposal(watermark.column, names)}`,
      at,
      "42703",
    );
  }
  checkTimeType(field.type, "time field for watermark definition", at);
  if (field.time === "proctime") {
    throw invalid("a watermark can not be defined for a processing time attribute column", at);
  }
  const { expression } = watermark;
  if (expression.kind === "written" && isSourceWatermark(expression.text)) {
    throw elsewhere("SOURCE_WATERMARK()", expression.node.span.start);
  }
  const bound = bindDraft(expression, draft, fields, "WATERMARK", checks);
  const position = expression.kind === "written" ? expression.node.span.start : undefined;
  checkTimeType(bound.type, "expression for watermark definition", position);
  return { column, expression: coerce(bound, { ...field.type, nullable: bound.type.nullable }) };
}

function isSourceWatermark(text: string): boolean {
  return /^\s*source_watermark\s*\(\s*\)\s*$/i.test(text);
}

function checkTimeType(type: FlinkType, what: string, position: number | undefined): void {
  if (isTimestamp(type) && type.precision <= 3) return;
  throw invalid(
    `invalid data type of ${what}: it must be TIMESTAMP(p) or TIMESTAMP_LTZ(p) with p from 0 to 3, but is ${typeText(type)}`,
    position,
    "42804",
  );
}

function physicalColumns(names: readonly string[], draft: TableDraft, clause: string): readonly number[] {
  return names.map((name) => {
    const index = draft.columns.findIndex((column) => column.name === name);
    const column = draft.columns[index];
    if (column === undefined) {
      const known = draft.columns.map((entry) => entry.name);
      throw invalid(
        `${clause} column '${name}' is not defined in the table${proposal(name, known)}`,
        undefined,
        "42703",
      );
    }
    if (column.kind !== "physical") {
      throw invalid(`${clause} column '${name}' is not a physical column`, column.span?.start);
    }
    return index;
  });
}
