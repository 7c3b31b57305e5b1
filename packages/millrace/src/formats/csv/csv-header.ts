import { kindOfText, textKind } from "./value-kind.ts";

/** A header's fields are shorter than this, but for the last (Glue Developer Guide, "Built-in CSV classifier"). */
const maxHeaderCharacters = 150;

/** What the Data Catalog takes as the name of a column: 1 to 255 characters, no line breaks or controls. */
const columnName = /^[\u0020-\uD7FF\uE000-\uFFFD\uD800-\uDFFF\t]{1,255}$/;

/** Whether the first record is a header, and the sentence that says why. */
export interface HeaderDecision {
  readonly header: boolean;
  readonly why: string;
}

/**
 * Glue's rules: every field of a header is a string and fit to be a column's name, all but the last are
 * shorter than 150 characters, and some column of the data below is not a string, or the first record would
 * not differ from them. A field without text is let pass where others have some: it heads an index column.
 *
 * `kinds` are the kinds of each column below the first record.
 */
export function decideHeader(first: readonly string[], kinds: readonly number[]): HeaderDecision {
  const last = first.length - 1;
  for (const [index, field] of first.entries()) {
    const kind = kindOfText(field.trim());
    if (kind === textKind.empty && (index === last || index === 0)) continue;
    if (kind !== textKind.string) return no(`field ${index + 1} of the first record is not a string`);
    if (index !== last && field.length >= maxHeaderCharacters) {
      return no(`field ${index + 1} of the first record is ${maxHeaderCharacters} characters or longer`);
    }
    if (!columnName.test(field)) return no(`field ${index + 1} of the first record is not fit to be a name`);
  }
  if (first.every((field) => field.trim() === "")) return no("the first record is empty");
  const differs = kinds.some((kind) => (kind & ~textKind.empty) !== 0 && (kind & textKind.string) === 0);
  if (!differs) return no("all columns are strings, so the first record does not differ from the others");
  return { header: true, why: "the first record is a header: all strings, above columns that are not" };
}

function no(why: string): HeaderDecision {
  return { header: false, why: `no header: ${why}` };
}
