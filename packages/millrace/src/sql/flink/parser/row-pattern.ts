import type { RowPattern } from "../ast/pattern.ts";
import type { TokenStream } from "./token-stream.ts";

// term | term | ...
export function parsePattern(stream: TokenStream): RowPattern {
  return stream.nested(() => {
    const { start } = stream.current;
    const items = [parseTerm(stream)];
    while (stream.accept("|")) {
      items.push(parseTerm(stream));
    }
    const [only] = items;
    return only !== undefined && items.length === 1
      ? only
      : { kind: "alternation", items, span: stream.spanFrom(start) };
  });
}

/** Factors in a row. */
function parseTerm(stream: TokenStream): RowPattern {
  const { start } = stream.current;
  const items = [parseFactor(stream)];
  while (!atTermEnd(stream)) {
    items.push(parseFactor(stream));
  }
  const [only] = items;
  return only !== undefined && items.length === 1
    ? only
    : { kind: "sequence", items, span: stream.spanFrom(start) };
}

const atTermEnd = (stream: TokenStream): boolean =>
  !(stream.atIdentifier() || stream.at("permute") || stream.at("(") || stream.at("{", "-"));

// primary [* | + | ? | {n} | {n,} | {n,m} | {,m}] [?]
function parseFactor(stream: TokenStream): RowPattern {
  const { start } = stream.current;
  const item = parsePatternPrimary(stream);
  const bounds = parseQuantifier(stream);
  if (bounds === undefined) {
    return item;
  }
  const reluctant = stream.accept("?");
  return { kind: "quantified", item, ...bounds, reluctant, span: stream.spanFrom(start) };
}

// variable | ( pattern ) | {- pattern -} | PERMUTE ( pattern, ... )
function parsePatternPrimary(stream: TokenStream): RowPattern {
  const { start } = stream.current;
  if (stream.accept("(")) {
    const pattern = parsePattern(stream);
    stream.expect(")");
    return pattern;
  }
  if (stream.accept("{", "-")) {
    const item = parsePattern(stream);
    stream.expect("-", "}");
    return { kind: "exclusion", item, span: stream.spanFrom(start) };
  }
  if (stream.accept("permute")) {
    stream.expect("(");
    const items = stream.list(() => parsePattern(stream));
    stream.expect(")");
    return { kind: "permutation", items, span: stream.spanFrom(start) };
  }
  const name = stream.identifier("a variable's name");
  return { kind: "variable", name, span: stream.spanFrom(start) };
}

interface Bounds {
  readonly min: number;
  readonly max: number | undefined;
}

function parseQuantifier(stream: TokenStream): Bounds | undefined {
  if (stream.accept("*")) {
    return { min: 0, max: undefined };
  }
  if (stream.accept("+")) {
    return { min: 1, max: undefined };
  }
  if (stream.accept("?")) {
    return { min: 0, max: 1 };
  }
  if (stream.at("{", "-") || !stream.accept("{")) {
    return undefined;
  }
  const first = stream.at(",") ? undefined : stream.integer();
  const range = stream.accept(",");
  const last = range && !stream.at("}") ? stream.integer() : undefined;
  if (first === undefined && last === undefined) {
    throw stream.syntaxError("a whole number");
  }
  stream.expect("}");
  return { min: first ?? 0, max: range ? last : first };
}
