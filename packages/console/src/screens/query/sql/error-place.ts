/** Characters of the text that an error is about. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where in a statement an error is: where its message says so, `Position: 8` or `line 2, column 5`, else where the
 * name stands that it is about. Undefined when neither is there.
 */
export function placeOfError(message: string, text: string): TextRange | undefined {
  const position = /\bPosition: (\d+)/.exec(message)?.[1];
  if (position !== undefined) return wordAt(text, Number(position) - 1);
  const [, line, column] = /\bline (\d+), column (\d+)/.exec(message) ?? [];
  if (line !== undefined && column !== undefined)
    return wordAt(text, offsetOf(text, Number(line), Number(column)));
  for (const [, double, single] of message.matchAll(/"([^"]+)"|'([^']+)'/g)) {
    const range = wordIn(text, double ?? single ?? "");
    if (range !== undefined) return range;
  }
  return undefined;
}

function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf("\n", at);
    if (next < 0) break;
    at = next + 1;
  }
  return at + column - 1;
}

/** The word that begins here, or one character. */
function wordAt(text: string, at: number): TextRange | undefined {
  if (!(at >= 0) || at > text.length || text === "") return undefined;
  const from = Math.min(at, text.length - 1);
  const word = /^[\w.]+/.exec(text.slice(from, from + 256))?.[0] ?? " ";
  return { from, to: from + word.length };
}

function wordIn(text: string, name: string): TextRange | undefined {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = new RegExp(`(?<!\\w)${escaped}(?!\\w)`, "i").exec(text);
  return found === null ? undefined : { from: found.index, to: found.index + name.length };
}
