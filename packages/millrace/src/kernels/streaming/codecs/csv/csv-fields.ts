import type { CsvOptions } from "./csv-options.ts";

/** A record is not CSV. */
export class CsvSyntaxError extends Error {
  override readonly name = "CsvSyntaxError";
}

/**
 * The fields of one record: `delimiter`s between them, a field in quotes as it stands with doubled quotes as one, an
 * escape character taking the meaning of what follows it.
 */
export function csvFields(text: string, options: CsvOptions): readonly string[] {
  const { delimiter, quote, escaping } = options;
  const isPlain =
    (quote === undefined || !text.includes(quote)) && (escaping === undefined || !text.includes(escaping));
  if (isPlain) return text.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const read =
      text[at] === quote && quote !== undefined ? quoted(text, at, options) : bare(text, at, options);
    fields.push(read.field);
    at = read.end;
    if (at >= text.length) return fields;
    if (text[at] !== delimiter) throw new CsvSyntaxError(`has '${text[at] ?? ""}' behind a quoted field`);
    at += 1;
  }
}

interface ReadField {
  readonly field: string;
  readonly end: number;
}

function bare(text: string, from: number, { delimiter, escaping }: CsvOptions): ReadField {
  let field = "";
  let at = from;
  while (at < text.length && text[at] !== delimiter) {
    if (text[at] === escaping && at + 1 < text.length) at += 1;
    field += text[at];
    at += 1;
  }
  return { field, end: at };
}

function quoted(text: string, from: number, { quote, escaping }: CsvOptions): ReadField {
  let field = "";
  let at = from + 1;
  while (at < text.length) {
    const character = text[at] as string;
    if (character === escaping && escaping !== quote && at + 1 < text.length) {
      field += text[at + 1];
      at += 2;
    } else if (character !== quote) {
      field += character;
      at += 1;
    } else if (text[at + 1] === quote) {
      field += character;
      at += 2;
    } else return { field, end: at + 1 };
  }
  throw new CsvSyntaxError("has a quoted field without an end");
}
