import type { Identifier } from "../ast/name.ts";
import type { BoundExpression, ColumnExpression } from "../bound-expression.ts";
import type { Relation } from "../relation.ts";
import type { Field, FlinkType } from "../types.ts";
import { invalid, proposal } from "./bind-error.ts";

/** One table of FROM: a run of the relation's columns under a name. */
export interface RangeTable {
  /** The alias, or the table's own name; undefined for a query without an alias. */
  readonly name: string | undefined;
  /** Catalog, database and table, where it has no alias. */
  readonly path: readonly string[] | undefined;
  readonly columns: readonly RangeColumn[];
}

export interface RangeColumn {
  readonly name: string;
  /** In the fields of the scope's relation. */
  readonly index: number;
  /** USING and NATURAL: the name alone means the merged column. */
  readonly isMerged: boolean;
}

/** A column that USING or NATURAL made of two. */
export interface MergedColumn {
  readonly name: string;
  readonly expression: BoundExpression;
}

/** What names mean: the tables of FROM over one relation. */
export interface Scope {
  readonly relation: Relation;
  readonly tables: readonly RangeTable[];
  readonly merged: readonly MergedColumn[];
}

const emptyRelation: Relation = Object.freeze({ kind: "values", fields: [], rows: [[]] });
/** Of a query without FROM: one row without columns. */
export const emptyScope: Scope = Object.freeze({ relation: emptyRelation, tables: [], merged: [] });

export function scopeOf(
  relation: Relation,
  name: string | undefined,
  path: readonly string[] | undefined = undefined,
): Scope {
  return { relation, tables: [rangeTable(relation.fields, name, path, 0)], merged: [] };
}

export function rangeTable(
  fields: readonly Field[],
  name: string | undefined,
  path: readonly string[] | undefined,
  offset: number,
): RangeTable {
  const columns = fields.map((field, index) => ({
    name: field.name,
    index: offset + index,
    isMerged: false,
  }));
  return { name, path, columns };
}

export function column(fields: readonly Field[], index: number): ColumnExpression {
  const field = fields[index];
  if (field === undefined) throw new Error(`no column ${index}`);
  return { kind: "column", type: field.type, index };
}

/** The columns of several tables side by side. */
export function besides(left: Scope, right: Scope, relation: Relation): Scope {
  const offset = left.relation.fields.length;
  const moved = right.tables.map((table) => ({
    ...table,
    columns: table.columns.map((entry) => ({ ...entry, index: entry.index + offset })),
  }));
  return { relation, tables: [...left.tables, ...moved], merged: left.merged };
}

/** The same names over a relation whose first columns are those of the scope's. */
export function over(scope: Scope, relation: Relation): Scope {
  return { ...scope, relation };
}

/** A name found: an expression, and how many of the parts it took; the rest are fields of rows. */
export interface Found {
  readonly expression: BoundExpression;
  readonly parts: number;
}

/** Looks a dotted name up; undefined when nothing fits. @throws SqlError when too much fits */
export function lookUp(scope: Scope, parts: readonly Identifier[]): Found | undefined {
  return qualified(scope, parts) ?? unqualified(scope, parts);
}

function qualified(scope: Scope, parts: readonly Identifier[]): Found | undefined {
  for (let used = Math.min(parts.length - 1, 3); used >= 1; used--) {
    const tables = scope.tables.filter((table) => isNamed(table, parts.slice(0, used)));
    const wanted = parts[used];
    if (wanted === undefined) continue;
    const found = tables.flatMap((table) => table.columns.filter((entry) => entry.name === wanted.name));
    if (found.length > 1) throw ambiguous(parts, used + 1);
    const [entry] = found;
    if (entry !== undefined) {
      return { expression: column(scope.relation.fields, entry.index), parts: used + 1 };
    }
  }
  return undefined;
}

/** Whether these parts name the table: its alias, or the last parts of its path. */
function isNamed(table: RangeTable, parts: readonly Identifier[]): boolean {
  const [only] = parts;
  if (parts.length === 1) return table.name !== undefined && table.name === only?.name;
  const path = table.path?.slice(-parts.length);
  return path?.every((part, index) => part === parts[index]?.name) === true;
}

function unqualified(scope: Scope, parts: readonly Identifier[]): Found | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const merged = scope.merged.filter((entry) => entry.name === first.name);
  const plain = scope.tables.flatMap((table) =>
    table.columns.filter((entry) => entry.name === first.name && !entry.isMerged),
  );
  if (merged.length + plain.length > 1) throw ambiguous(parts, 1);
  const expression =
    merged[0]?.expression ??
    (plain[0] === undefined ? undefined : column(scope.relation.fields, plain[0].index));
  return expression === undefined ? undefined : { expression, parts: 1 };
}

function ambiguous(parts: readonly Identifier[], count: number): Error {
  const name = parts
    .slice(0, count)
    .map((part) => part.name)
    .join(".");
  return invalid(`column '${name}' is ambiguous`, parts[0]?.span.start, "42702");
}

/** The error for a name that nothing fits, with what may have been meant. */
export function unknownColumn(scope: Scope, parts: readonly Identifier[]): Error {
  const [first, second] = parts;
  const at = first?.span.start;
  const table = scope.tables.find((entry) => entry.name !== undefined && entry.name === first?.name);
  if (table !== undefined && second !== undefined) {
    const names = table.columns.map((entry) => entry.name);
    return invalid(
      `column '${second.name}' not found in table '${table.name}'${proposal(second.name, names)}`,
      second.span.start,
      "42703",
    );
  }
  const name = first?.name ?? "";
  if (second !== undefined) {
    const tables = scope.tables.flatMap((entry) => entry.name ?? []);
    return invalid(
      `table or column '${name}' not found${proposal(name, [...tables, ...columnNames(scope)])}`,
      at,
      "42703",
    );
  }
  return invalid(`column '${name}' not found in any table${proposal(name, columnNames(scope))}`, at, "42703");
}

function columnNames(scope: Scope): readonly string[] {
  return scope.tables.flatMap((table) => table.columns.map((entry) => entry.name));
}

/** A column of a SELECT list made of `*`. */
export interface StarColumn {
  readonly name: string;
  readonly expression: BoundExpression;
}

/** All columns, those that USING made first. */
export function allColumns(scope: Scope): readonly StarColumn[] {
  const rest = scope.tables.flatMap((table) =>
    table.columns
      .filter((entry) => !entry.isMerged)
      .map(({ name, index }) => ({ name, expression: column(scope.relation.fields, index) })),
  );
  return [...scope.merged, ...rest];
}

/** The columns of the table that these parts name; undefined when there is none. */
export function columnsOf(scope: Scope, parts: readonly Identifier[]): readonly StarColumn[] | undefined {
  const tables = scope.tables.filter((table) => isNamed(table, parts));
  const [table] = tables;
  if (tables.length > 1) throw ambiguous(parts, parts.length);
  return table?.columns.map(({ name, index }) => ({
    name,
    expression: column(scope.relation.fields, index),
  }));
}

/** The time attribute that an expression still is: a bare column, or PROCTIME(). */
export function timeOf(expression: BoundExpression, fields: readonly Field[]): Field["time"] {
  if (expression.kind === "column") return fields[expression.index]?.time;
  return expression.kind === "call" && expression.function === "proctime" ? "proctime" : undefined;
}

/** A column of a new relation. */
export function fieldOf(
  name: string,
  expression: BoundExpression,
  fields: readonly Field[],
  type: FlinkType = expression.type,
): Field {
  const time = timeOf(expression, fields);
  return time === undefined ? { name, type } : { name, type, time };
}
