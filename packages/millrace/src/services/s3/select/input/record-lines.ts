import { selectError } from "../select-error.ts";
import type { ScanRange } from "./scan-range.ts";

/** Cuts one record out of a text, from a position. Undefined when the record does not end in the text. */
export interface RecordCutter<Row> {
  /** `isLast`: nothing follows the text, so that the last record needs no delimiter. */
  cut(
    text: string,
    from: number,
    isLast: boolean,
  ): { readonly row: Row | undefined; readonly next: number } | undefined;
}

export interface RecordLineOptions {
  /** As it looks in a text of bytes. */
  readonly delimiter: string;
  readonly range: ScanRange | undefined;
  readonly maxRecordBytes: number;
}

/** UTF-8 says itself with these three bytes, which belong to no record. */
const byteOrderMark = "\u00ef\u00bb\u00bf";

/** The bytes before `range.start` that decide whether a record begins there. */
export function leadIn(range: ScanRange | undefined, delimiter: string): number {
  return range === undefined ? 0 : Math.max(0, range.start - delimiter.length);
}

/**
 * The records of a stream of bytes that begins at `leadIn`, in batches as large as the chunks they come in.
 * A record without a row, such as a comment, is left out.
 */
export async function* recordBatches<Row>(
  source: AsyncIterable<Uint8Array>,
  cutter: RecordCutter<Row>,
  { delimiter, range, maxRecordBytes }: RecordLineOptions,
): AsyncGenerator<readonly Row[]> {
  let offset = leadIn(range, delimiter);
  let skipping = range !== undefined && range.start > 0;
  let mayHaveMark = offset === 0;
  let text = "";
  const lastStart = range?.end ?? Number.POSITIVE_INFINITY;
  const cutAll = (isLast: boolean): { rows: Row[]; done: boolean } => {
    const rows: Row[] = [];
    let at = 0;
    if (skipping) {
      const found = text.indexOf(delimiter);
      // Half a delimiter may lie at the end.
      at = found === -1 ? Math.max(0, text.length - delimiter.length + 1) : found + delimiter.length;
      skipping = found === -1;
    }
    let done = false;
    while (!skipping && at < text.length) {
      done = offset + at > lastStart;
      const record = done ? undefined : cutter.cut(text, at, isLast);
      if (record === undefined) break;
      if (record.next - at > maxRecordBytes) throw tooLong();
      if (record.row !== undefined) rows.push(record.row);
      at = record.next;
    }
    offset += at;
    text = text.slice(at);
    if (text.length > maxRecordBytes + delimiter.length) throw tooLong();
    return { rows, done };
  };
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    text += bytes.toString("latin1");
    if (mayHaveMark && text.length >= byteOrderMark.length) {
      mayHaveMark = false;
      if (text.startsWith(byteOrderMark)) {
        text = text.slice(byteOrderMark.length);
        offset += byteOrderMark.length;
      }
    }
    const { rows, done } = cutAll(false);
    if (rows.length > 0) yield rows;
    if (done) return;
  }
  const { rows } = cutAll(true);
  if (rows.length > 0) yield rows;
}

function tooLong(): Error {
  return selectError("OverMaxRecordSize");
}
