import type { Identifier, QualifiedName } from "../ast/name.ts";
import type { Call, Expression, FromItem, Pivot, Unpivot } from "../ast/tree.ts";
import type { SqlType } from "../types.ts";
import { acceptAlias } from "./alias.ts";
import { parseCall } from "./expression-call.ts";
import type { Grammar } from "./grammar.ts";
import { parseTypeName } from "./type-name.ts";

// function(...) [WITH OFFSET] [[AS] [alias] [(column [type], ...)]]
export function parseFunctionItem(grammar: Grammar, name?: QualifiedName): FromItem {
  const { stream } = grammar;
  const start = name?.span.start ?? stream.current.start;
  const call = name === undefined ? asCall(grammar) : parseCall(grammar, name.parts, start);
  const withOffset = stream.accept("with", "offset");
  const unnamed = stream.accept("as", "(");
  const alias = unnamed ? undefined : acceptAlias(stream);
  const columns: Identifier[] = [];
  const columnTypes: SqlType[] = [];
  if (unnamed || (alias !== undefined && stream.accept("("))) {
    stream.list(() => {
      columns.push(stream.identifier());
      const first = columns.length === 1 && !stream.at(",") && !stream.at(")");
      if (unnamed || first || columnTypes.length > 0) {
        columnTypes.push(parseTypeName(stream));
      }
    });
    stream.expect(")");
  }
  return { kind: "function", call, withOffset, alias, columns, columnTypes, span: stream.spanFrom(start) };
}

/** A call in FROM; special forms such as `current_user` are none. */
function asCall(grammar: Grammar): Call {
  const { stream } = grammar;
  const { current } = stream;
  const expression = grammar.primary();
  if (expression.kind !== "call") {
    throw stream.syntaxError(current);
  }
  return expression;
}

/** PIVOT and UNPIVOT behind their source. */
export function parsePivots(grammar: Grammar, source: FromItem, start: number): FromItem {
  const { stream } = grammar;
  let result = source;
  for (;;) {
    if (stream.accept("pivot")) {
      result = parsePivot(grammar, result, start);
    } else if (stream.accept("unpivot")) {
      result = parseUnpivot(grammar, result, start);
    } else {
      return result;
    }
    stream.deepen();
  }
}

// PIVOT (aggregate [[AS] alias], ... FOR column IN (value [[AS] alias], ...)) [[AS] alias [(columns)]]
function parsePivot(grammar: Grammar, source: FromItem, start: number): Pivot {
  const { stream } = grammar;
  stream.expect("(");
  const aggregates = stream.list(() => ({ call: asCall(grammar), alias: acceptAlias(stream) }));
  stream.expect("for");
  const column = stream.identifier();
  stream.expect("in", "(");
  const values = stream.list(() => ({ value: grammar.expression(), alias: acceptAlias(stream) }));
  stream.expect(")", ")");
  return {
    kind: "pivot",
    source,
    aggregates,
    column,
    values,
    ...parseName(grammar),
    span: stream.spanFrom(start),
  };
}

// UNPIVOT [INCLUDE NULLS | EXCLUDE NULLS] (value FOR name IN (column [[AS] label], ...)) [[AS] alias [(columns)]]
function parseUnpivot(grammar: Grammar, source: FromItem, start: number): Unpivot {
  const { stream } = grammar;
  const includeNulls = stream.accept("include", "nulls");
  if (!includeNulls) {
    stream.accept("exclude", "nulls");
  }
  stream.expect("(");
  const value = stream.identifier();
  stream.expect("for");
  const name = stream.identifier();
  stream.expect("in", "(");
  const inputs = stream.list(() => ({ column: stream.identifier(), label: parseLabel(grammar) }));
  stream.expect(")", ")");
  const named = parseName(grammar);
  return {
    kind: "unpivot",
    source,
    includeNulls,
    value,
    name,
    inputs,
    ...named,
    span: stream.spanFrom(start),
  };
}

/** A label is a literal or a name, which stands for its text. */
function parseLabel(grammar: Grammar): Expression | undefined {
  const { stream } = grammar;
  const named = stream.accept("as");
  const { kind, start } = stream.current;
  if (kind === "string" || kind === "number" || stream.at("-")) {
    return grammar.operators(1);
  }
  const label = named ? stream.label() : acceptAlias(stream);
  return label === undefined
    ? undefined
    : { kind: "string", value: label.name, span: stream.spanFrom(start) };
}

function parseName({ stream }: Grammar): Pick<Pivot, "alias" | "columns"> {
  const alias = acceptAlias(stream);
  return { alias, columns: alias !== undefined && stream.at("(") ? stream.columnList() : [] };
}
