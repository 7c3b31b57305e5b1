import { SqlError } from "../../sql-error.ts";
import type { Merge } from "../ast/dml.ts";
import type { FromItem } from "../ast/query.ts";
import { raised } from "../functions/engine-text.ts";
import { quoteName } from "../print/quote.ts";
import { assigned, defaultText, valueText } from "./assignment.ts";
import { Block, type Frame, notSupported } from "./block.ts";
import { bound } from "./bound.ts";
import { coerceCondition } from "./coerce.ts";
import { combined } from "./join.ts";
import type { Relation, RelationColumn } from "./name-space.ts";
import type { Scope } from "./scope.ts";
import { findTarget, type Target, targetColumns, targetScope } from "./target.ts";
import { bindAssignments } from "./update.ts";

interface Parts {
  readonly merge: Merge;
  readonly block: Block;
  readonly target: Target;
  /** The target's alias inside of the query that finds the rows. */
  readonly alias: string;
  readonly source: { readonly sql: string; readonly scope: Scope };
  readonly on: string;
}

/**
 * MERGE by the engine's own: the rows of the source are first joined with the target, so that a row of the target that
 * several rows match is an error, as in Redshift, and so that conditions mean what they mean elsewhere.
 */
export function bindMerge(merge: Merge, frame: Frame): { readonly sql: string; readonly target: Relation } {
  const block = new Block(frame);
  const target = findTarget(merge.target, merge.matched?.action === "delete" ? "delete" : "update", block);
  if (merge.notMatched !== undefined || merge.removeDuplicates) noteFurther(merge, target, block);
  checkSource(merge.source);
  const source = block.binders.fromItem(merge.source, block);
  const alias = block.state.nextAlias();
  block.scope = combined(targetScope(target, merge.alias, alias, block), source.scope);
  const on = block.within(
    "JOIN",
    () => coerceCondition(block.expression(merge.on), "ON", block, merge.on.span).sql,
  );
  const parts = { merge, block, target, alias, source, on };
  const sql = merge.removeDuplicates ? replacing(parts) : matching(parts);
  return { sql, target: target.relation };
}

/** MERGE needs the rights of all that it does. */
function noteFurther(merge: Merge, target: Target, block: Block): void {
  block.state.use(target.relation, "insert", block.place.asUser);
  if (merge.removeDuplicates) block.state.use(target.relation, "delete", block.place.asUser);
}

/** @throws SqlError 0A000: AWS takes tables only */
function checkSource(source: FromItem): void {
  if (source.kind !== "table") throw notSupported("MERGE with a source that is not a table", source.span);
}

const multipleMatches = "Found multiple matches to update the same tuple.";

/** WHEN MATCHED and WHEN NOT MATCHED. */
function matching({ merge, block, target, alias, source, on }: Parts): string {
  const { matched, notMatched } = merge;
  const found = block.state.nextAlias();
  const changes = matched?.action === "update" ? bindAssignments(matched.assignments, target, block) : [];
  block.scope = source.scope;
  const inserted = notMatched === undefined ? undefined : insertParts(merge, target, block);
  const values = [...changes.map(({ value }) => value), ...(inserted?.values ?? [])];
  const list = values.map((value, index) => `, ${value} AS v${index + 1}`).join("");
  // A value of INSERT is worked out only where it is stored.
  const rows =
    `SELECT ${alias}.rowid AS id, count(*) OVER (PARTITION BY ${alias}.rowid) AS n${lazily(list, values, changes.length, alias)} ` +
    `FROM ${source.sql} LEFT JOIN ${target.sql} AS ${alias} ON ${on}`;
  const checked =
    `SELECT * FROM (${rows}) AS q WHERE CASE WHEN q.n > 1 AND q.id IS NOT NULL ` +
    `THEN CAST(${raised("21000", multipleMatches)} AS BOOLEAN) ELSE TRUE END`;
  const changed = block.state.nextAlias();
  const actions: string[] = [];
  if (matched?.action === "delete") actions.push("WHEN MATCHED THEN DELETE");
  if (matched?.action === "update") {
    const sets = changes.map(({ column }, index) => `${column} = ${found}.v${index + 1}`);
    actions.push(`WHEN MATCHED THEN UPDATE SET ${sets.join(", ")}`);
  }
  if (inserted !== undefined) {
    const cells = inserted.values.map((_, index) => `${found}.v${changes.length + index + 1}`);
    actions.push(
      `WHEN NOT MATCHED THEN INSERT (${inserted.columns.join(", ")}) VALUES (${cells.join(", ")})`,
    );
  }
  return `MERGE INTO ${target.sql} AS ${changed} USING (${checked}) AS ${found} ON ${changed}.rowid = ${found}.id ${actions.join(" ")}`;
}

/** Values of the update for rows that match, of the insert for those that do not: others might fail in vain. */
function lazily(list: string, values: readonly string[], updates: number, alias: string): string {
  if (values.length === 0) return list;
  return values
    .map((value, index) => {
      const test = index < updates ? "IS NOT NULL" : "IS NULL";
      return `, CASE WHEN ${alias}.rowid ${test} THEN ${value} END AS v${index + 1}`;
    })
    .join("");
}

interface InsertParts {
  readonly columns: readonly string[];
  readonly values: readonly string[];
}

function insertParts({ notMatched, span }: Merge, target: Target, block: Block): InsertParts {
  if (notMatched === undefined) return { columns: [], values: [] };
  const named =
    notMatched.columns.length > 0 ? targetColumns(notMatched.columns, target) : target.relation.columns;
  if (notMatched.values.length !== named.length) {
    const words =
      notMatched.values.length > named.length
        ? "more expressions than target columns"
        : "more target columns than expressions";
    throw new SqlError("42601", `INSERT has ${words}`, { position: span.start });
  }
  return block.within("MERGE", () => {
    const values = named.map((column, index) => {
      const value = notMatched.values[index];
      if (value === undefined) throw new Error("a column without its value");
      return valueText(value, column, block);
    });
    const missing = target.relation.columns.filter((column) => !named.includes(column));
    return {
      columns: [...named, ...missing].map((column) => quoteName(column.engineName)),
      values: [...values, ...missing.map((column) => defaultText(column, block, span))],
    };
  });
}

/** REMOVE DUPLICATES: rows of the target that match go, and all rows of the source come. */
function replacing({ merge, block, target, alias, source, on }: Parts): string {
  const columns = target.relation.columns;
  const given = source.scope.visible;
  if (given.length !== columns.length) {
    throw new SqlError(
      "42601",
      "MERGE with REMOVE DUPLICATES requires a source and a target of the same columns",
      {
        position: merge.span.start,
      },
    );
  }
  const values = columns.map((column, index) => sourceValue(column, given[index], merge, block));
  const nulls = columns.map((_, index) => `, NULL AS v${index + 1}`).join("");
  const list = values.map((value, index) => `, ${value} AS v${index + 1}`).join("");
  const found = block.state.nextAlias();
  const changed = block.state.nextAlias();
  const rows =
    `SELECT NULL AS id${list} FROM ${source.sql} UNION ALL ` +
    `SELECT DISTINCT ${alias}.rowid AS id${nulls} FROM ${source.sql} INNER JOIN ${target.sql} AS ${alias} ON ${on}`;
  const names = columns.map((column) => quoteName(column.engineName)).join(", ");
  const cells = columns.map((_, index) => `${found}.v${index + 1}`).join(", ");
  return (
    `MERGE INTO ${target.sql} AS ${changed} USING (${rows}) AS ${found} ON ${changed}.rowid = ${found}.id ` +
    `WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (${names}) VALUES (${cells})`
  );
}

function sourceValue(
  column: RelationColumn,
  given: Scope["visible"][number] | undefined,
  merge: Merge,
  block: Block,
): string {
  if (given === undefined) throw new Error("a column that the source does not have");
  given.origin?.use.columns.add(given.origin.column.name);
  return assigned(
    bound(given.type, given.sql, { blankFree: given.blankFree }),
    false,
    column,
    block,
    merge.span,
  );
}
