import { LoadFailure, loadCodes } from "../load-failure.ts";
import { LineFailure, type LineSplitter } from "./line-reader.ts";
import type { TextField } from "./row-sink.ts";

export interface DelimitedRules {
  readonly delimiter: string;
  readonly nullText: string;
  readonly escape: boolean;
  readonly removeQuotes: boolean;
}

/** How the lines of delimited text become fields. */
export function delimitedSplitter(rules: DelimitedRules): LineSplitter {
  return rules.escape || rules.removeQuotes
    ? (line) => markedFields(line, rules)
    : (line) => plainFields(line, rules);
}

function plainFields(line: string, { delimiter, nullText }: DelimitedRules): readonly TextField[] {
  const fields: TextField[] = [];
  let start = 0;
  for (;;) {
    const end = line.indexOf(delimiter, start);
    const text = end < 0 ? line.slice(start) : line.slice(start, end);
    fields.push({ text, isNull: text === nullText, start });
    if (end < 0) return fields;
    start = end + delimiter.length;
  }
}

/**
 * field := quoted | plain
 * plain := { character | "\" any }                     up to a delimiter
 * quoted := quote { character | "\" any } quote        with REMOVEQUOTES, quote is " or '
 */
function markedFields(line: string, rules: DelimitedRules): readonly TextField[] {
  const { delimiter } = rules;
  const fields: TextField[] = [];
  let start = 0;
  for (;;) {
    const { text, end } = markedField(line, start, fields.length, rules);
    // NULL AS is compared with what is written: `\N` is no escape.
    const isNull = line.slice(start, end) === rules.nullText;
    fields.push({ text, isNull, start });
    if (end >= line.length) return fields;
    start = end + delimiter.length;
  }
}

function markedField(
  line: string,
  start: number,
  index: number,
  { delimiter, escape: escapes, removeQuotes }: DelimitedRules,
): { readonly text: string; readonly end: number } {
  const first = line.charAt(start);
  const quote = removeQuotes && (first === '"' || first === "'") ? first : undefined;
  let at = quote === undefined ? start : start + 1;
  let text = "";
  for (; at < line.length; at++) {
    const character = line.charAt(at);
    if (escapes && character === "\\" && at + 1 < line.length) {
      at++;
      text += line.charAt(at);
    } else if (quote === undefined && line.startsWith(delimiter, at)) return { text, end: at };
    else if (character === quote && isFieldEnd(line, at + 1, delimiter)) return { text, end: at + 1 };
    else text += character;
  }
  if (quote === undefined) return { text, end: line.length };
  throw new LineFailure(new LoadFailure(loadCodes.delimiter, "Delimited value missing end quote"), {
    index,
    start,
    text: line.slice(start),
  });
}

function isFieldEnd(line: string, at: number, delimiter: string): boolean {
  return at >= line.length || line.startsWith(delimiter, at);
}
