import { CsvReader } from "./csv-records.ts";

/** The delimiters that Glue's built-in classifier tries: comma, pipe, tab, semicolon and Ctrl-A. */
export const csvDelimiters: readonly string[] = [",", "|", "\t", ";", "\u0001"];

/** Records that are looked at for each delimiter. */
const probedRecords = 100;

/** Of the records, this part must have the same number of fields, or the text is not delimited by it. */
const minAgreement = 0.8;

/** A delimiter, how many fields it gives, and how many of the records agree on that. */
export interface DelimiterGuess {
  readonly delimiter: string;
  readonly columns: number;
  readonly agreement: number;
}

/**
 * The delimiter on whose number of fields most records agree; more fields win among equals, and a comma loses
 * among those, because it stands in numbers and in prose as well.
 */
export function guessDelimiter(
  text: string,
  quote: string | undefined,
  candidates: readonly string[],
): DelimiterGuess | undefined {
  let best: DelimiterGuess | undefined;
  for (const delimiter of candidates) {
    if (!text.includes(delimiter)) continue;
    const guess = probe(text, delimiter, quote);
    if (guess.columns < 2 || guess.agreement < minAgreement) continue;
    if (best === undefined || isBetter(guess, best)) best = guess;
  }
  return best;
}

function isBetter(guess: DelimiterGuess, best: DelimiterGuess): boolean {
  if (guess.agreement !== best.agreement) return guess.agreement > best.agreement;
  if (guess.columns !== best.columns) return guess.columns > best.columns;
  return best.delimiter === ",";
}

function probe(text: string, delimiter: string, quote: string | undefined): DelimiterGuess {
  const reader = new CsvReader(text, { delimiter, quote });
  const counts = new Map<number, number>();
  let records = 0;
  for (; records < probedRecords; records += 1) {
    const record = reader.next();
    if (record === undefined) break;
    const fields = record.fields.length;
    counts.set(fields, (counts.get(fields) ?? 0) + 1);
  }
  let [columns, most] = [0, 0];
  for (const [fields, count] of counts) {
    if (count > most || (count === most && fields > columns)) [columns, most] = [fields, count];
  }
  return { delimiter, columns, agreement: records === 0 ? 0 : most / records };
}
