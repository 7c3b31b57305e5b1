import type { Insert } from "../ast/statement.ts";
import type { PartitionSpec } from "../ast/table.ts";
import type { Query } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { InsertStatement, Relation, TableColumn, TableDefinition } from "../relation.ts";
import { isImplicitlyCastable } from "../type-casts.ts";
import { withNullable } from "../type-rules.ts";
import { quoted, typeText } from "../type-text.ts";
import type { Field } from "../types.ts";
import { elsewhere, invalid, proposal } from "./bind-error.ts";
import { type Item, project } from "./build.ts";
import { coerce, isSameValue } from "./coerce.ts";
import { bindExpression } from "./expression.ts";
import { rowContext } from "./expression-context.ts";
import { tableHintOptions } from "./hints.ts";
import { nullLiteral } from "./literal.ts";
import { dotted, type ProgramSession } from "./program-session.ts";
import { queryBinder } from "./query.ts";
import { column, emptyScope } from "./scope.ts";
import type { QueryContext, StatementContext } from "./statement-context.ts";

/** A column that an INSERT fills. */
interface Target {
  readonly field: Field;
}

/** INSERT INTO: the query with the table's columns, in its order and of its types. */
export function bindInsert(node: Insert, text: string, session: ProgramSession): InsertStatement {
  const at = node.span.start;
  if (node.overwrite) throw invalid("INSERT OVERWRITE is not supported in streaming mode", at);
  if (node.onConflict !== undefined) throw elsewhere("ON CONFLICT of INSERT", at);
  const object = session.object(node.table);
  if (object.kind === "view") {
    throw invalid(
      `'${dotted(node.table)}' is a view: nothing can be inserted`,
      node.table.span.start,
      "42809",
    );
  }
  const options = tableHintOptions(node.hints);
  const scan = session.scan(object, options, node.table);
  const table = scan.kind === "scan" ? scan.table : object.definition;
  const statement = session.context(text);
  const context: QueryContext = { statement, tables: [], outer: undefined, depth: 0 };
  const input = queryBinder.bind(node.query, context);
  const names = node.columns.map((name) => {
    const [part, more] = name.parts;
    if (part === undefined || more !== undefined)
      throw elsewhere("INSERT into a field of a ROW", name.span.start);
    return part;
  });
  const fixed = partitionValues(node.partition, table, context);
  for (const name of names) checkTarget(name.name, name.span.start, table);
  const filled = filledColumns(
    table,
    names.map((name) => name.name),
    fixed,
  );
  return {
    table,
    input: sinkRelation(input, table, filled, fixed, { statement, position: node.query.span.start }),
    isOverwrite: false,
    text: text.slice(node.span.start, node.span.end),
    position: at,
  };
}

/** The INSERT of CREATE TABLE ... AS: the query's columns by their names, others NULL. */
export function insertQuery(
  table: TableDefinition,
  input: Relation,
  query: Query,
  statement: StatementContext,
): InsertStatement {
  const filled = filledColumns(
    table,
    input.fields.map((field) => field.name),
    new Map(),
  );
  const place = { statement, position: query.span.start };
  return {
    table,
    input: sinkRelation(input, table, filled, new Map(), place),
    isOverwrite: false,
    text: statement.text,
  };
}

/** Columns of a table that a sink is given. */
function sinkColumns(
  table: TableDefinition,
): readonly Extract<TableColumn, { kind: "physical" | "metadata" }>[] {
  return table.columns.flatMap((entry) =>
    entry.kind === "physical" || (entry.kind === "metadata" && !entry.isVirtual) ? [entry] : [],
  );
}

function checkTarget(name: string, position: number, table: TableDefinition): void {
  const targets = sinkColumns(table).map((target) => target.field.name);
  if (targets.includes(name)) return;
  const isColumn = table.columns.some((entry) => entry.field.name === name);
  throw isColumn
    ? invalid(
        `the column '${name}' is computed or virtual: nothing can be inserted into it`,
        position,
        "428C9",
      )
    : invalid(
        `unknown target column '${name}' of table '${table.path.join(".")}'${proposal(name, targets)}`,
        position,
        "42703",
      );
}

/** PARTITION (p = 'x'): constants for some columns. */
function partitionValues(
  partition: PartitionSpec,
  table: TableDefinition,
  context: QueryContext,
): ReadonlyMap<string, BoundExpression> {
  const keys = table.partitionKeys.map((key) => table.columns[key]?.field.name ?? "");
  const values = new Map<string, BoundExpression>();
  for (const { column: name, value, span } of partition) {
    if (!keys.includes(name.name)) {
      throw invalid(
        `'${name.name}' is no partition column of table '${table.path.join(".")}'${proposal(name.name, keys)}`,
        name.span.start,
        "42703",
      );
    }
    if (value === undefined) throw elsewhere("PARTITION with a column without a value", span.start);
    values.set(name.name, bindExpression(value, rowContext(context, emptyScope, "PARTITION")));
  }
  return values;
}

/** For each column of the query, in order, the name of the table's column that it fills. */
function filledColumns(
  table: TableDefinition,
  names: readonly string[],
  fixed: ReadonlyMap<string, BoundExpression>,
): readonly string[] {
  const all = names.length > 0 ? names : sinkColumns(table).map((target) => target.field.name);
  const filled = all.filter((name) => !fixed.has(name));
  const double = filled.find((name, index) => filled.indexOf(name) !== index);
  if (double !== undefined) {
    throw invalid(`target column '${double}' is assigned more than once`, undefined, "42701");
  }
  return filled;
}

interface Place {
  readonly statement: StatementContext;
  readonly position: number;
}

function sinkRelation(
  input: Relation,
  table: TableDefinition,
  filled: readonly string[],
  fixed: ReadonlyMap<string, BoundExpression>,
  place: Place,
): Relation {
  const targets: readonly Target[] = sinkColumns(table);
  if (input.fields.length !== filled.length) {
    throw mismatch("Different number of columns", input, table, filled, place);
  }
  const items = targets.map((target): Item => {
    const { name, type } = target.field;
    const source = filled.indexOf(name);
    const given = source < 0 ? fixed.get(name) : column(input.fields, source);
    if (given === undefined) {
      if (type.nullable) return { name, expression: nullLiteral(type) };
      throw invalid(
        `column '${name}' has no default value and does not allow NULLs`,
        place.position,
        "23502",
      );
    }
    if (!isSameValue(given.type, type) && !isImplicitlyCastable(given.type, type)) {
      const cause = `Incompatible types for sink column '${name}' at position ${source}`;
      throw mismatch(cause, input, table, filled, place);
    }
    return { name, expression: coerce(given, type) };
  });
  return asTargets(project(input, items, place.statement.keys), targets);
}

/** Values keep what they are; the columns have the table's types, by which they are written. */
function asTargets(relation: Relation, targets: readonly Target[]): Relation {
  const fields = relation.fields.map((field, index): Field => {
    const type = targets[index]?.field.type;
    return type === undefined ? field : { ...field, type: withNullable(type, field.type.nullable) };
  });
  return { ...relation, fields };
}

function mismatch(
  cause: string,
  input: Relation,
  table: TableDefinition,
  filled: readonly string[],
  place: Place,
): Error {
  const targets = sinkColumns(table);
  const sink = filled.flatMap((name) => targets.find((target) => target.field.name === name)?.field ?? []);
  return invalid(
    `column types of query result and sink for '${table.path.join(".")}' do not match. Cause: ${cause}. Query schema: ${schemaText(input.fields)} Sink schema: ${schemaText(sink)}`,
    place.position,
    "42804",
  );
}

function schemaText(fields: readonly Field[]): string {
  return `[${fields.map((field) => `${quotedWhereNeeded(field.name)}: ${typeText(field.type)}`).join(", ")}]`;
}

function quotedWhereNeeded(name: string): string {
  return /^[\w$]+$/.test(name) ? name : quoted(name);
}
