import type { HiveColumn } from "../ast/external.ts";
import type { TokenStream } from "./token-stream.ts";

/** How deep types may nest. */
const MAX_TYPE_DEPTH = 100;

/** `(a int, s struct<b:array<varchar(20)>>)` */
export function parseHiveColumns(stream: TokenStream): readonly HiveColumn[] {
  stream.expect("(");
  const columns = stream.list(() => parseHiveColumn(stream));
  stream.expect(")");
  return columns;
}

function parseHiveColumn(stream: TokenStream): HiveColumn {
  const name = stream.identifier();
  const { start } = stream.current;
  const type = parseHiveType(stream);
  return { name, type, typeSpan: stream.spanFrom(start) };
}

/** A type of Hive as text: blanks are kept between words only, and what is opened must be closed. */
function parseHiveType(stream: TokenStream): string {
  if (stream.current.kind !== "word") {
    throw stream.syntaxError();
  }
  const open: string[] = [];
  let text = "";
  let afterWord = false;
  while (!(open.length === 0 && (stream.at(",") || stream.at(")")))) {
    const { kind, lexeme } = stream.current;
    const isWord = kind === "word" || kind === "quoted" || kind === "number";
    if (isWord) {
      text += afterWord ? ` ${stream.current.value}` : stream.current.value;
    } else if (isHivePunctuation(stream, open, lexeme)) {
      text += lexeme;
    } else {
      throw stream.syntaxError();
    }
    afterWord = isWord;
    stream.next();
  }
  return text;
}

/** Keeps `open` up to date. Several `>` may come as one operator. */
function isHivePunctuation(stream: TokenStream, open: string[], lexeme: string): boolean {
  if (lexeme === "" || !/^(?:[<>]+|[(),:])$/.test(lexeme)) {
    return false;
  }
  for (const character of lexeme) {
    if (character === "<" || character === "(") {
      open.push(character);
      if (open.length > MAX_TYPE_DEPTH) {
        throw stream.error("54001", "stack depth limit exceeded");
      }
    } else if (character === ">" || character === ")") {
      if (open.pop() !== (character === ">" ? "<" : "(")) {
        throw stream.syntaxError();
      }
    }
  }
  return true;
}
