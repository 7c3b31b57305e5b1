import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type { TableDefinition } from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { type Draft, type DraftGraph, forward, insertOnly } from "./draft.ts";
import { expressionText } from "./expression-text.ts";
import { type ColumnPath, mapPaths, pathsOf } from "./expression-walk.ts";
import type { SourceColumn } from "./physical-plan.ts";
import { addPaths, pathKey, type ScanDemand } from "./scan-demand.ts";

/** A table that is read: what its paths have become. */
export interface TableScan {
  readonly draft: Draft;
  /** The column of `draft` that a path over the table's columns is now. */
  column(path: ColumnPath): BoundExpression;
}

export interface ScanSettings {
  readonly idleTimeoutMs: (table: TableDefinition) => number;
}

/** Source, then computed columns, then watermarks: once for all who read the table. */
export function translateScan(graph: DraftGraph, demand: ScanDemand, settings: ScanSettings): TableScan {
  const { table } = demand;
  const wanted = [...demand.paths];
  if (table.watermark !== undefined) {
    const field = fieldOf(table, table.watermark.column);
    addPaths(wanted, [{ column: table.watermark.column, path: [], type: field.type }]);
    addPaths(wanted, pathsOf(table.watermark.expression));
  }
  const read: ColumnPath[] = [];
  for (const path of wanted) addPaths(read, storedPaths(table, path));
  const source = addSource(graph, table, read);
  const places = new Map(read.map((path, index) => [pathKey(path), index]));
  const stored = (path: ColumnPath): BoundExpression => {
    const index = places.get(pathKey(path));
    if (index !== undefined) return { kind: "column", type: path.type, index };
    return wholeField(table, path, (part) => places.get(pathKey(part)));
  };
  const expressions = wanted.map((path) => expand(table, path, stored));
  const fields = wanted.map((path) => pathField(table, path));
  const isPlain = expressions.every(
    (expression, index) => expression.kind === "column" && expression.index === index,
  );
  const computed =
    isPlain && expressions.length === read.length ? source : addComputed(graph, source, expressions, fields);
  const columns = new Map(wanted.map((path, index) => [pathKey(path), index]));
  const column = (path: ColumnPath): BoundExpression => ({
    kind: "column",
    type: path.type,
    index: columns.get(pathKey(path)) ?? -1,
  });
  const draft =
    table.watermark === undefined
      ? computed
      : addWatermark(graph, computed, table, { column, settings, fields });
  return { draft, column };
}

function fieldOf(table: TableDefinition, column: number): Field {
  const found = table.columns[column];
  if (found === undefined) throw new Error("a scan reads a column that its table has not");
  return found.field;
}

/** What a path reads of the source: itself, or what the expression of a computed column reads. */
function storedPaths(table: TableDefinition, path: ColumnPath): readonly ColumnPath[] {
  const column = table.columns[path.column];
  if (column?.kind !== "computed") return [path];
  return pathsOf(column.expression).flatMap((below) => storedPaths(table, below));
}

/** A path as an expression over the source's columns. */
function expand(
  table: TableDefinition,
  path: ColumnPath,
  stored: (path: ColumnPath) => BoundExpression,
): BoundExpression {
  const column = table.columns[path.column];
  if (column?.kind !== "computed") return stored(path);
  const whole = mapPaths(column.expression, (below) => expand(table, below, stored));
  return fieldsBelow(whole, path.path);
}

function wholeField(
  table: TableDefinition,
  path: ColumnPath,
  place: (path: ColumnPath) => number | undefined,
): BoundExpression {
  for (let length = path.path.length - 1; length >= 0; length--) {
    const outer = { column: path.column, path: path.path.slice(0, length), type: path.type };
    const index = place(outer);
    if (index === undefined) continue;
    const base: BoundExpression = { kind: "column", type: fieldOf(table, path.column).type, index };
    return fieldsBelow(base, path.path.slice(length));
  }
  throw new Error("a path was not asked for");
}

function fieldsBelow(base: BoundExpression, path: readonly number[]): BoundExpression {
  return path.reduce<BoundExpression>((operand, index) => {
    const type = operand.type.kind === "row" ? operand.type.fields[index]?.type : undefined;
    if (type === undefined) throw new Error("a path leads below something that is no ROW");
    const nullable = type.nullable || operand.type.nullable;
    return { kind: "field", type: { ...type, nullable }, operand, index };
  }, base);
}

function pathField(table: TableDefinition, { column, path, type }: ColumnPath): Field {
  const field = fieldOf(table, column);
  if (path.length > 0) return { name: pathName(table, column, path), type };
  const isRowtime = table.watermark?.column === column;
  return { name: field.name, type: field.type, time: isRowtime ? "rowtime" : field.time };
}

function pathName(table: TableDefinition, column: number, path: readonly number[]): string {
  let { name, type } = fieldOf(table, column);
  for (const index of path) {
    if (type.kind !== "row") break;
    const field = type.fields[index];
    if (field === undefined) break;
    name = `${name}.${field.name}`;
    type = field.type;
  }
  return name;
}

function addSource(graph: DraftGraph, table: TableDefinition, paths: readonly ColumnPath[]): Draft {
  const columns = paths.map(
    (path): SourceColumn => ({
      field: { name: pathField(table, path).name, type: path.type },
      column: path.column,
      path: path.path,
    }),
  );
  const fields = columns.map(({ field }) => field);
  return graph.add({
    ...{ fields, inputs: [], changes: insertOnly, key: undefined, window: undefined },
    name: "TableSourceScan",
    details: `table=[[${table.path.join(", ")}]], fields=[${fields.map(({ name }) => name).join(", ")}]`,
    operator: () => ({ kind: "source", table, columns }),
  });
}

function addComputed(
  graph: DraftGraph,
  source: Draft,
  expressions: readonly BoundExpression[],
  fields: readonly Field[],
): Draft {
  const select = expressions.map((expression, index) => {
    const text = expressionText(expression, source.fields);
    const name = fields[index]?.name ?? "";
    return text === name ? text : `${text} AS ${name}`;
  });
  return graph.add({
    ...{ fields, inputs: [forward(source)], changes: insertOnly, key: undefined, window: undefined },
    name: "Calc",
    details: `select=[${select.join(", ")}]`,
    needsUpdateBefore: "asOutput",
    operator: () => ({ kind: "calc", condition: undefined, expressions }),
  });
}

interface WatermarkParts {
  readonly column: (path: ColumnPath) => BoundExpression;
  readonly settings: ScanSettings;
  /** With the time attribute. */
  readonly fields: readonly Field[];
}

function addWatermark(
  graph: DraftGraph,
  input: Draft,
  table: TableDefinition,
  { column, settings, fields }: WatermarkParts,
): Draft {
  const { watermark } = table;
  if (watermark === undefined) return input;
  const time = column({ column: watermark.column, path: [], type: fieldOf(table, watermark.column).type });
  const timeColumn = time.kind === "column" ? time.index : -1;
  const expression = mapPaths(watermark.expression, column);
  return graph.add({
    ...{
      fields,
      inputs: [forward(input)],
      changes: insertOnly,
      key: undefined,
      window: undefined,
    },
    name: "WatermarkAssigner",
    details: `rowtime=[${fields[timeColumn]?.name ?? ""}], watermark=[${expressionText(expression, fields)}]`,
    needsUpdateBefore: "asOutput",
    operator: () => ({
      kind: "watermark",
      timeColumn,
      expression,
      idleTimeoutMs: settings.idleTimeoutMs(table),
    }),
  });
}
