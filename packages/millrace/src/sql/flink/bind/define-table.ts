import type { CreateTable } from "../ast/table.ts";
import type { CatalogTable } from "../catalog/catalog-object.ts";
import type { InsertStatement, Relation } from "../relation.ts";
import { isCastable } from "../type-casts.ts";
import { typeText } from "../type-text.ts";
import { elsewhere, invalid } from "./bind-error.ts";
import { canCreate } from "./create-check.ts";
import { finishTable } from "./finish-table.ts";
import { insertQuery } from "./insert.ts";
import { dotted, type ProgramSession } from "./program-session.ts";
import { queryBinder } from "./query.ts";
import { type DraftColumn, draftOf, type TableDraft } from "./table-draft.ts";
import { mergedLike } from "./table-like.ts";
import { draftOfStatement } from "./table-schema.ts";

/** CREATE TABLE; with AS there is an INSERT as well. */
export function createTable(
  node: CreateTable,
  text: string,
  session: ProgramSession,
): InsertStatement | undefined {
  if (node.replaceOnly || (node.orReplace && node.as !== undefined)) {
    throw elsewhere("REPLACE TABLE ... AS", node.span.start);
  }
  const path = session.path(node.name);
  if (!canCreate(node, path, "table", session)) return undefined;
  const own = draftOfStatement(node, text);
  if (node.as !== undefined) return createTableAs(node, own, text, session);
  const draft = node.like === undefined ? own : mergedLike(draftOf(baseTable(node, session)), own, node.like);
  if (draft.columns.length === 0) {
    throw invalid("a table needs a column", node.span.start, "42601");
  }
  session.catalogs.put(path, finishTable(draft, path, node.temporary, session.checks(text)));
  return undefined;
}

function baseTable(node: CreateTable, session: ProgramSession): CatalogTable {
  const name = node.like?.name;
  if (name === undefined) throw new Error("no LIKE");
  const base = session.object(name);
  if (base.kind === "view") {
    throw invalid(`LIKE takes a table, but '${dotted(name)}' is a view`, name.span.start, "42809");
  }
  return base;
}

function createTableAs(
  node: CreateTable,
  own: TableDraft,
  text: string,
  session: ProgramSession,
): InsertStatement {
  const query = node.as;
  if (query === undefined) throw new Error("no AS");
  const path = session.path(node.name);
  const statement = session.context(text);
  const input = queryBinder.bind(query, { statement, tables: [], outer: undefined, depth: 0 });
  const columns = orderedColumns(node, asColumns(own.columns, input));
  const table = finishTable({ ...own, columns }, path, node.temporary, session.checks(text));
  session.catalogs.put(path, table);
  const scan = session.scan(table, {}, node.name);
  return insertQuery(scan.kind === "scan" ? scan.table : table.definition, input, query, statement);
}

/** The columns that were written and are not of the query, then those of the query, perhaps with other types. */
function asColumns(own: readonly DraftColumn[], input: Relation): DraftColumn[] {
  const names = new Set(input.fields.map((field) => field.name));
  const others = own.filter((column) => !names.has(column.name));
  const fromQuery = input.fields.map((field): DraftColumn => {
    const column = own.find((entry) => entry.name === field.name);
    if (column === undefined) {
      if (field.type.kind === "null") {
        throw invalid(
          `the column '${field.name}' is NULL without a type: write CAST(NULL AS ...)`,
          undefined,
          "42804",
        );
      }
      return { kind: "physical", name: field.name, type: field.type, comment: undefined, span: undefined };
    }
    if (column.kind === "computed") {
      throw invalid(`the column '${column.name}' of the query cannot be a computed one`, column.span?.start);
    }
    if (!isCastable(field.type, column.type)) {
      throw invalid(
        `incompatible types for column '${column.name}': ${typeText(field.type)} of the query, ${typeText(column.type)} of the table`,
        column.span?.start,
        "42804",
      );
    }
    return column;
  });
  return [...others, ...fromQuery];
}

/** `CREATE TABLE t (b, a) AS ...`: the query's columns in another order. */
function orderedColumns(node: CreateTable, columns: DraftColumn[]): DraftColumn[] {
  if (node.columnOrder.length === 0) return columns;
  if (node.columnOrder.length !== columns.length) {
    throw invalid(
      `the list has ${node.columnOrder.length} column(s), the query ${columns.length}`,
      node.columnOrder[0]?.span.start,
      "42601",
    );
  }
  return node.columnOrder.map((name) => {
    const column = columns.find((entry) => entry.name === name.name);
    if (column === undefined) {
      throw invalid(`column '${name.name}' not found in the query`, name.span.start, "42703");
    }
    return column;
  });
}
