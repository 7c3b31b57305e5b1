/** Values one behind the other, with or without line ends between them, as Firehose writes them. */
export interface JsonRecords {
  readonly records: readonly unknown[];
  /** Of the text behind the last value that was read. */
  readonly restCharacters: number;
  /** How many pieces were no JSON; they are among the records as text. */
  readonly broken: number;
}

export function jsonRecords(text: string, maxRecords: number): JsonRecords {
  const records: unknown[] = [];
  let broken = 0;
  let at = 0;
  while (records.length < maxRecords) {
    const start = skipSpace(text, at);
    const end = endOfValue(text, start);
    if (end === undefined) break;
    const piece = text.slice(start, end);
    try {
      records.push(JSON.parse(piece));
    } catch {
      records.push(piece);
      broken++;
    }
    at = end;
  }
  return { records, restCharacters: text.slice(at).trim().length, broken };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n,".includes(text.charAt(at))) at++;
  return at;
}

/** Behind the value that begins at `start`; undefined when its end is not in the text. */
function endOfValue(text: string, start: number): number | undefined {
  const first = text[start];
  if (first === undefined) return undefined;
  if (first !== "{" && first !== "[") {
    const lineEnd = text.indexOf("\n", start);
    return lineEnd === -1 ? undefined : lineEnd;
  }
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (character === "{" || character === "[") depth++;
    if (character === "}" || character === "]") depth--;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** The place of the quote that ends a string, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** The items of a JSON array of which the end may be missing; undefined when it is none. */
export function jsonArrayItems(text: string, maxRecords: number): JsonRecords | undefined {
  const start = skipSpace(text, 0);
  if (text[start] !== "[") return undefined;
  const inner = text.slice(start + 1);
  const end = /\]\s*$/.exec(inner);
  return jsonRecords(end === null ? inner : `${inner.slice(0, end.index)}\n`, maxRecords);
}
