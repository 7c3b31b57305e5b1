import type { Identifier, QualifiedName } from "../ast/name.ts";
import type { Statement } from "../ast/statement.ts";
import type { TableElement } from "../ast/table.ts";
import { parseQuery } from "./query.ts";
import { acceptIfNotExists } from "./shared-clauses.ts";
import { parseTableAttributes } from "./table-attributes.ts";
import { atTableConstraint, parseColumn, parseTableConstraint } from "./table-column.ts";
import type { TokenStream } from "./token-stream.ts";
import { unsupported } from "./unsupported.ts";

/** CREATE TABLE with columns or AS a query. `start` is where CREATE stands, TABLE has been read. */
export function parseCreateTable(stream: TokenStream, start: number, temporary: boolean): Statement {
  const ifNotExists = acceptIfNotExists(stream);
  const name = stream.qualifiedName();
  const head = { temporary: temporary || isTemporaryName(name), name };
  const names = atColumnNames(stream) ? stream.columnList() : undefined;
  const elements = names === undefined && stream.at("(") ? parseElements(stream) : undefined;
  if (elements !== undefined && stream.at("using")) {
    return unsupported(stream, start, "CREATE TABLE ... USING ICEBERG");
  }
  const attributes = parseTableAttributes(stream);
  if (elements === undefined) {
    // IF NOT EXISTS belongs to tables whose columns are defined.
    if (ifNotExists) {
      throw stream.syntaxError();
    }
    stream.expect("as");
    const query = parseQuery(stream);
    const columns: readonly Identifier[] = names ?? [];
    return { kind: "create-table-as", ...head, columns, attributes, query, span: stream.spanFrom(start) };
  }
  return { kind: "create-table", ...head, ifNotExists, elements, attributes, span: stream.spanFrom(start) };
}

function isTemporaryName(name: QualifiedName): boolean {
  return name.parts.at(-1)?.name.startsWith("#") ?? false;
}

/** Whether `(a, b)` follows, the new names of a query's columns, where `(a int, ...)` would define some. */
function atColumnNames(stream: TokenStream): boolean {
  return stream.at("(") && stream.atIdentifier(1) && [",", ")"].includes(stream.peek(2).lexeme);
}

function parseElements(stream: TokenStream): readonly TableElement[] {
  stream.expect("(");
  const elements = stream.list(() => parseElement(stream)).flat();
  stream.expect(")");
  return elements;
}

function parseElement(stream: TokenStream): readonly TableElement[] {
  const { start } = stream.current;
  if (stream.accept("like")) {
    const table = stream.qualifiedName();
    const including = stream.acceptAny("including", "excluding");
    if (including !== undefined) {
      stream.expect("defaults");
    }
    const includingDefaults = including === "including";
    return [{ kind: "like", table, includingDefaults, span: stream.spanFrom(start) }];
  }
  if (atTableConstraint(stream)) {
    return [{ kind: "constraint", constraint: parseTableConstraint(stream) }];
  }
  const { column, constraints } = parseColumn(stream);
  const named = constraints.map((constraint) => ({ kind: "constraint", constraint }) as const);
  return [{ kind: "column", column }, ...named];
}
