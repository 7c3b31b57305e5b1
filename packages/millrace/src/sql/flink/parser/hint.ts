import type { Option } from "../ast/name.ts";
import type { Hint } from "../ast/tree.ts";
import type { TokenStream } from "./token-stream.ts";

// /*+ NAME [( argument, ... )] [,] ... */
export function parseHints(stream: TokenStream): readonly Hint[] {
  if (!stream.accept("/*+")) {
    return [];
  }
  const hints: Hint[] = [];
  while (!stream.accept("*/")) {
    hints.push(parseHint(stream));
    stream.accept(",");
  }
  return hints;
}

function parseHint(stream: TokenStream): Hint {
  const { start } = stream.current;
  const name = stream.identifier("a hint's name");
  const options: Option[] = [];
  const items: string[] = [];
  if (stream.accept("(") && !stream.accept(")")) {
    stream.list(() => parseArgument(stream, options, items));
    stream.expect(")");
  }
  return { name, options, arguments: items, span: stream.spanFrom(start) };
}

// 'key' = 'value' | key = 'value' | name | 'text' | number
function parseArgument(stream: TokenStream, options: Option[], items: string[]): void {
  const { start, kind } = stream.current;
  if (stream.peek(1).lexeme === "=") {
    const key = kind === "string" ? stream.string() : stream.identifier("an option's name").name;
    stream.expect("=");
    const value = stream.current.kind === "number" ? stream.next().value : stream.string();
    options.push({ key, value, span: stream.spanFrom(start) });
  } else if (kind === "string" || kind === "number") {
    items.push(stream.next().value);
  } else {
    const { parts } = stream.qualifiedName("a name, a text or a number");
    items.push(parts.map(({ name }) => name).join("."));
  }
}
