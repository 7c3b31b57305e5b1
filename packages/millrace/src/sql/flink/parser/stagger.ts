import type { Stagger } from "../ast/tree.ts";
import type { Grammar } from "./grammar.ts";

// WINDOWED BY STAGGER ( [PARTITION BY expression, ...] RANGE interval ), of the retired dialect
export function parseStagger(grammar: Grammar): Stagger | undefined {
  const { stream } = grammar;
  if (!stream.at("windowed")) {
    return undefined;
  }
  const { start } = stream.current;
  stream.expect("windowed", "by", "stagger", "(");
  const partitionBy = stream.accept("partition", "by") ? stream.list(() => grammar.expression()) : [];
  stream.expect("range");
  const range = grammar.expression();
  stream.expect(")");
  return { partitionBy, range, span: stream.spanFrom(start) };
}
