import type { Option } from "../ast/name.ts";
import type { PartitionSpec, PartitionValue } from "../ast/table.ts";
import type { Expression } from "../ast/tree.ts";
import { BINDING, type Grammar } from "./grammar.ts";
import type { TokenStream } from "./token-stream.ts";

export const acceptIfExists = (stream: TokenStream): boolean => stream.accept("if", "exists");

export const acceptIfNotExists = (stream: TokenStream): boolean => stream.accept("if", "not", "exists");

// COMMENT 'text'
export const acceptComment = (stream: TokenStream): string | undefined =>
  stream.accept("comment") ? stream.string("a comment in quotes") : undefined;

// WITH ( 'key' = 'value', ... )
export const acceptOptions = (stream: TokenStream): readonly Option[] =>
  stream.accept("with") ? parseOptions(stream) : [];

// ( 'key' = 'value', ... )
export function parseOptions(stream: TokenStream): readonly Option[] {
  stream.expect("(");
  const options = stream.at(")") ? [] : stream.list(() => parseOption(stream));
  stream.expect(")");
  return options;
}

export function parseOption(stream: TokenStream): Option {
  const { start } = stream.current;
  const key = stream.string("an option's key in quotes");
  stream.expect("=");
  const value = stream.string("an option's value in quotes");
  return { key, value, span: stream.spanFrom(start) };
}

// ( 'key', ... )
export function parseKeys(stream: TokenStream): readonly string[] {
  stream.expect("(");
  const keys = stream.at(")") ? [] : stream.list(() => stream.string("an option's key in quotes"));
  stream.expect(")");
  return keys;
}

// PARTITION ( column [= value], ... )
export function acceptPartition(grammar: Grammar): PartitionSpec | undefined {
  return grammar.stream.accept("partition") ? parsePartition(grammar) : undefined;
}

export function parsePartition(grammar: Grammar): PartitionSpec {
  const { stream } = grammar;
  stream.expect("(");
  const values = stream.list(() => parsePartitionValue(grammar));
  stream.expect(")");
  return values;
}

function parsePartitionValue(grammar: Grammar): PartitionValue {
  const { stream } = grammar;
  const column = stream.identifier("a column's name");
  const value: Expression | undefined = stream.accept("=") ? grammar.operators(BINDING.sign) : undefined;
  return { column, value, span: stream.spanFrom(column.span.start) };
}
