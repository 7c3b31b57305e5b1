import type { ServiceError } from "../../../../core/errors.ts";
import { selectError } from "../select-error.ts";
import type { Aggregate, Expression, PathStep, Projection, SelectStatement } from "./expression.ts";
import { parseExpression } from "./expression-parser.ts";
import { mixesRecords } from "./expression-walk.ts";
import { isReserved, unsupportedWords } from "./keyword.ts";
import type { ParserContext } from "./parser-context.ts";
import { parseStep } from "./path-parser.ts";
import { TokenStream } from "./token-stream.ts";

/*
 * statement => SELECT ( '*' | name '.*' | projection ( ',' projection )* )
 *              FROM S3Object step* [ [ AS ] alias ] [ WHERE expression ] [ LIMIT number ] [ ';' ]
 */
export function parseSelect(text: string): SelectStatement {
  const tokens = new TokenStream(text);
  const aggregates: Aggregate[] = [];
  const context: ParserContext = { tokens, aggregates, expression: () => parseExpression(context) };
  if (!tokens.takeWord("select")) throw tokens.error("ParseUnexpectedToken", "Expected SELECT, found");
  const projections = parseProjections(context);
  if (!tokens.takeWord("from")) throw errorAfter(tokens, "ParseSelectMissingFrom");
  const { from, alias } = parseFrom(tokens);
  const starOf = projections.kind === "star" ? projections.of : undefined;
  if (starOf !== undefined && starOf.toLowerCase() !== (alias ?? "s3object").toLowerCase())
    throw selectError("ParseInvalidPathComponent", `There is nothing called '${starOf}'`);
  const found = aggregates.length;
  const where = tokens.takeWord("where") ? context.expression() : undefined;
  if (aggregates.length > found)
    throw selectError("UnsupportedSqlStructure", "WHERE does not contain aggregates");
  const limit = tokens.takeWord("limit") ? parseLimit(tokens) : undefined;
  tokens.takeSymbol(";");
  if (tokens.peek().kind !== "end") throw errorAfter(tokens, "ParseUnexpectedToken");
  const list = projections.kind === "star" ? undefined : projections.list;
  if (aggregates.length > 0 && list?.some(({ expression }) => mixesRecords(expression)))
    throw selectError("UnsupportedSqlStructure", "Columns do not stand beside aggregates");
  return { projections: list, from, alias, where, limit, aggregates };
}

/** Says what is not supported where that is the reason. */
function errorAfter(
  tokens: TokenStream,
  code: "ParseSelectMissingFrom" | "ParseUnexpectedToken",
): ServiceError {
  return tokens.error(unsupportedWords.get(tokens.peek().word) ?? code);
}

type Projections =
  | { readonly kind: "star"; readonly of: string | undefined }
  | { readonly kind: "list"; readonly list: readonly Projection[] };

function parseProjections(context: ParserContext): Projections {
  const { tokens } = context;
  if (tokens.isWord("from") || tokens.peek().kind === "end") throw tokens.error("ParseEmptySelect");
  if (tokens.takeWord("all") || tokens.isWord("distinct")) throw tokens.error("ParseUnsupportedSelect");
  const star = parseStar(tokens);
  if (star !== undefined) {
    if (tokens.isSymbol(",")) throw tokens.error("ParseAsteriskIsNotAloneInSelectList");
    return star;
  }
  const list: Projection[] = [];
  do {
    if (tokens.isSymbol("*")) throw tokens.error("ParseAsteriskIsNotAloneInSelectList");
    list.push(parseProjection(context, list.length + 1));
  } while (tokens.takeSymbol(","));
  return { kind: "list", list };
}

function parseStar(tokens: TokenStream): Projections | undefined {
  if (tokens.takeSymbol("*")) return { kind: "star", of: undefined };
  const first = tokens.peek();
  const isName = first.kind === "name" || first.kind === "quoted";
  if (!isName || !tokens.isSymbol(".", 1) || !tokens.isSymbol("*", 2)) return undefined;
  tokens.take();
  tokens.take();
  tokens.take();
  return { kind: "star", of: first.text };
}

function parseProjection(context: ParserContext, number: number): Projection {
  const { tokens } = context;
  const expression = context.expression();
  const alias = parseAlias(tokens);
  return { expression, name: alias ?? nameOf(expression) ?? `_${number}` };
}

/** A path gives its last name to the column. */
function nameOf(expression: Expression): string | undefined {
  const last = expression.kind === "path" ? expression.steps.at(-1) : undefined;
  return last?.kind === "name" ? last.name : undefined;
}

function parseAlias(tokens: TokenStream): string | undefined {
  const explicit = tokens.takeWord("as");
  const token = tokens.peek();
  if (token.kind === "quoted" || (token.kind === "name" && !isReserved(token.word))) {
    tokens.take();
    return token.text;
  }
  if (explicit) throw tokens.error("ParseExpectedIdentForAlias");
  return undefined;
}

function parseFrom(tokens: TokenStream): {
  readonly from: readonly PathStep[];
  readonly alias: string | undefined;
} {
  if (tokens.isSymbol("("))
    throw tokens.error("UnsupportedSqlStructure", "Subqueries are not supported: found");
  if (!tokens.isWord("s3object")) throw tokens.error("BadTableName", "The table is S3Object, not");
  tokens.take();
  const steps: PathStep[] = [];
  for (let step = parseStep(tokens); step !== undefined; step = parseStep(tokens)) steps.push(step);
  // The first [*] goes through the records, which a plain S3Object does too.
  const from = steps[0]?.kind === "each element" ? steps.slice(1) : steps;
  const alias = parseAlias(tokens);
  if (tokens.isSymbol(",")) throw tokens.error("MultipleDataSourcesUnsupported");
  const last = from.at(-1);
  return { from, alias: alias ?? (last?.kind === "name" ? last.name : undefined) };
}

function parseLimit(tokens: TokenStream): number {
  const token = tokens.peek();
  if (token.kind !== "number" || !/^\d{1,15}$/.test(token.text)) throw tokens.error("ParseExpectedNumber");
  tokens.take();
  return Number(token.text);
}
