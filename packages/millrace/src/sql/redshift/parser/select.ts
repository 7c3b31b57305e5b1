import type { QualifiedName } from "../ast/name.ts";
import type { ConnectBy, Expression, Select, SelectItem } from "../ast/tree.ts";
import { acceptAlias } from "./alias.ts";
import { parseFrom } from "./from.ts";
import type { Grammar } from "./grammar.ts";
import { parseGroupBy } from "./grouping.ts";

// SELECT [TOP n] [ALL | DISTINCT [ON (...)]] items [EXCLUDE ...] [INTO ...] [FROM ...] [WHERE ...]
//   [[START WITH ...] CONNECT BY ...] [GROUP BY ...] [HAVING ...] [QUALIFY ...]
export function parseSelect(grammar: Grammar): Select {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("select");
  const before = parseTop(grammar);
  const distinct = parseDistinct(grammar);
  const top = before ?? parseTop(grammar);
  const items = parseItems(grammar);
  const into = parseInto(grammar);
  const from = stream.accept("from") ? parseFrom(grammar) : [];
  const where = stream.accept("where") ? grammar.expression() : undefined;
  const connectBy = parseConnectBy(grammar);
  const groups = parseGroupBy(grammar);
  const having = stream.accept("having") ? grammar.expression() : undefined;
  const qualify = stream.accept("qualify") ? grammar.expression() : undefined;
  const span = stream.spanFrom(start);
  return {
    kind: "select",
    ...distinct,
    top,
    items,
    into,
    from,
    where,
    connectBy,
    ...groups,
    having,
    qualify,
    span,
  };
}

/** TOP n, which may stand before and behind DISTINCT. */
function parseTop(grammar: Grammar): Expression | undefined {
  const { stream } = grammar;
  if (!stream.accept("top")) {
    return undefined;
  }
  const { kind } = stream.current;
  if (kind !== "number" && kind !== "parameter" && !stream.at("(")) {
    throw stream.syntaxError();
  }
  // Not an expression of operators: in `top 10 * from sales` the star is all columns.
  return grammar.primary();
}

interface Distinct {
  readonly distinct: boolean;
  readonly distinctOn: readonly Expression[];
}

function parseDistinct(grammar: Grammar): Distinct {
  const { stream } = grammar;
  if (!stream.accept("distinct")) {
    stream.accept("all");
    return { distinct: false, distinctOn: [] };
  }
  if (!stream.accept("on", "(")) {
    return { distinct: true, distinctOn: [] };
  }
  const distinctOn = stream.list(() => grammar.expression());
  stream.expect(")");
  return { distinct: false, distinctOn };
}

/** EXCLUDE stands behind the whole list and is kept with each star of it. */
function parseItems(grammar: Grammar): readonly SelectItem[] {
  const { stream } = grammar;
  const items = stream.list(() => parseItem(grammar));
  if (!atExclude(grammar)) {
    return items;
  }
  if (!items.some(({ expression }) => expression.kind === "star")) {
    throw stream.syntaxError();
  }
  stream.next();
  const exclude = stream.at("(") ? stream.columnList() : stream.list(() => stream.columnName());
  return items.map((item) =>
    item.expression.kind === "star" ? { ...item, expression: { ...item.expression, exclude } } : item,
  );
}

function parseItem(grammar: Grammar): SelectItem {
  const { stream } = grammar;
  const { start } = stream.current;
  if (stream.accept("*")) {
    const span = stream.spanFrom(start);
    return { expression: { kind: "star", qualifier: [], exclude: [], span }, alias: undefined };
  }
  const expression = grammar.expression();
  const bare = expression.kind === "star" || atExclude(grammar);
  return { expression, alias: bare ? undefined : acceptAlias(stream) };
}

/** EXCLUDE with a list behind it; without one it is an alias. */
const atExclude = ({ stream }: Grammar): boolean =>
  stream.at("exclude") && (stream.atIdentifier(1) || stream.peek(1).lexeme === "(");

// INTO [TEMPORARY | TEMP] [TABLE] name
function parseInto({ stream }: Grammar): Select["into"] {
  if (!stream.accept("into")) {
    return undefined;
  }
  const temporary = stream.acceptAny("temporary", "temp") !== undefined;
  stream.accept("table");
  const name: QualifiedName = stream.qualifiedName();
  return { name, temporary };
}

// [START WITH condition] CONNECT BY [NOCYCLE] condition, or the other way round
function parseConnectBy(grammar: Grammar): ConnectBy | undefined {
  const { stream } = grammar;
  const before = stream.accept("start", "with") ? grammar.expression() : undefined;
  if (before === undefined && !stream.at("connect", "by")) {
    return undefined;
  }
  stream.expect("connect", "by");
  const noCycle = stream.accept("nocycle");
  const condition = grammar.expression();
  const behind = before === undefined && stream.accept("start", "with") ? grammar.expression() : undefined;
  return { startWith: before ?? behind, condition, noCycle };
}
