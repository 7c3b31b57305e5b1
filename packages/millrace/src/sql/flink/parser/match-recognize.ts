import type { Identifier } from "../ast/name.ts";
import type { SkipStrategy } from "../ast/pattern.ts";
import type { FromItem, MatchItem, SelectItem } from "../ast/tree.ts";
import { parseAlias } from "./alias.ts";
import type { Grammar } from "./grammar.ts";
import { parsePattern } from "./row-pattern.ts";

// input MATCH_RECOGNIZE ( [PARTITION BY] [ORDER BY] [MEASURES] [rows per match] [AFTER MATCH] PATTERN [WITHIN]
//   [SUBSET] DEFINE ) [[AS] alias [(columns)]]
export function parseMatchRecognize(grammar: Grammar, input: FromItem, start: number): MatchItem {
  const { stream } = grammar;
  stream.expect("match_recognize");
  const height = stream.enter();
  stream.expect("(");
  const partitionBy = stream.accept("partition", "by") ? stream.list(() => grammar.expression()) : [];
  const orderBy = stream.accept("order", "by") ? grammar.sortItems() : [];
  const measures = stream.accept("measures") ? stream.list(() => parseMeasure(grammar)) : [];
  const rowsPerMatch = parseRowsPerMatch(grammar);
  const after = parseSkip(grammar);
  stream.expect("pattern", "(");
  const atStart = stream.accept("^");
  const pattern = parsePattern(stream);
  const atEnd = stream.accept("$");
  stream.expect(")");
  const within = stream.accept("within") ? grammar.expression() : undefined;
  const subsets = stream.accept("subset") ? stream.list(() => parseSubset(grammar)) : [];
  stream.expect("define");
  const definitions = stream.list(() => parseDefinition(grammar));
  stream.expect(")");
  stream.leave(height);
  return {
    kind: "match-recognize",
    input,
    partitionBy,
    orderBy,
    measures,
    rowsPerMatch,
    after,
    pattern,
    atStart,
    atEnd,
    within,
    subsets,
    definitions,
    ...parseAlias(stream, start),
  };
}

// expression AS name
function parseMeasure(grammar: Grammar): SelectItem {
  const { stream } = grammar;
  const expression = grammar.expression();
  stream.expect("as");
  return { expression, alias: stream.identifier() };
}

// ONE ROW PER MATCH | ALL ROWS PER MATCH
function parseRowsPerMatch({ stream }: Grammar): MatchItem["rowsPerMatch"] {
  if (stream.accept("one", "row", "per", "match")) {
    return "one";
  }
  return stream.accept("all", "rows", "per", "match") ? "all" : undefined;
}

// AFTER MATCH SKIP TO NEXT ROW | PAST LAST ROW | TO FIRST variable | TO LAST variable | TO variable
function parseSkip({ stream }: Grammar): SkipStrategy | undefined {
  if (!stream.accept("after", "match")) {
    return undefined;
  }
  stream.expect("skip");
  if (stream.accept("past")) {
    stream.expect("last", "row");
    return { kind: "past last row" };
  }
  stream.expect("to");
  if (stream.accept("next", "row")) {
    return { kind: "to next row" };
  }
  if (stream.at("first") && stream.atIdentifier(1)) {
    stream.next();
    return { kind: "to first", variable: stream.identifier("a variable's name") };
  }
  if (stream.at("last") && stream.atIdentifier(1)) {
    stream.next();
  }
  return { kind: "to last", variable: stream.identifier("a variable's name") };
}

// name = ( variable, ... )
function parseSubset({ stream }: Grammar): { name: Identifier; variables: readonly Identifier[] } {
  const name = stream.identifier();
  stream.expect("=");
  return { name, variables: stream.nameList() };
}

// variable AS condition
function parseDefinition(grammar: Grammar): MatchItem["definitions"][number] {
  const { stream } = grammar;
  const variable = stream.identifier("a variable's name");
  stream.expect("as");
  return { variable, condition: grammar.expression() };
}
