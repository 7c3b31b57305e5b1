import { packedTexts } from "./packed-rows.ts";
import { quoteText } from "./quote.ts";

/** A text that is compared. */
export interface ComparedText {
  readonly sql: string;
  /** The value of a literal. */
  readonly constant: string | undefined;
  /** It is a column of a table or of a query: its SQL is short and the engine may prune by it. */
  readonly isColumn: boolean;
  readonly blankFree: boolean;
}

/**
 * Trailing blanks do not count when texts are compared (AWS, "Significance of trailing blanks"), but the engine
 * compares bytes and has no collation that pads. Texts are therefore compared without their trailing blanks.
 *
 * The engine prunes blocks by their smallest and largest value only for conditions on the column itself. So a
 * column that is compared with a literal gets such a condition beside the exact one: `x = 'c'` holds only for
 * values from 'c' to below 'c!', because `!` follows the blank in order.
 */
export function comparableText(text: ComparedText, anyCase: boolean): string {
  if (text.constant !== undefined) {
    const trimmed = withoutBlanks(text.constant);
    return quoteText(anyCase ? trimmed.toLowerCase() : trimmed);
  }
  const trimmed = text.blankFree ? text.sql : `rtrim(${text.sql}, ' ')`;
  return anyCase ? `lower(${trimmed})` : trimmed;
}

function withoutBlanks(text: string): string {
  return text.replace(/ +$/, "");
}

const mirrored: Readonly<Record<string, string>> = Object.freeze({
  "=": "=",
  "<>": "<>",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
});

/** `left operator right` over texts, as engine SQL in brackets. */
export function compareTexts(
  operator: string,
  left: ComparedText,
  right: ComparedText,
  anyCase: boolean,
): string {
  if (left.constant !== undefined && right.constant === undefined) {
    return compareTexts(mirrored[operator] ?? operator, right, left, anyCase);
  }
  const exact = `(${comparableText(left, anyCase)} ${operator} ${comparableText(right, anyCase)})`;
  if (right.constant === undefined || left.blankFree || !left.isColumn || anyCase) return exact;
  const literal = withoutBlanks(right.constant);
  if (hasControls(literal)) return exact;
  const value = quoteText(literal);
  switch (operator) {
    case "=":
      return `(${left.sql} >= ${value} AND ${left.sql} < ${quoteText(`${literal}!`)} AND ${exact})`;
    // Without characters before the blank in the literal, these two mean the same with and without trailing blanks.
    case "<":
    case ">=":
      return `(${left.sql} ${operator} ${value})`;
    case "<=":
      return `(${left.sql} < ${quoteText(`${literal}!`)} AND ${exact})`;
    case ">":
      return `(${left.sql} > ${value} AND ${exact})`;
    default:
      return exact;
  }
}

export interface InForm {
  readonly negated: boolean;
  readonly anyCase: boolean;
  /** Literals go to the engine as a subquery, which it joins; a long list it would search for each row. */
  readonly packed: boolean;
}

/** `operand [not] in (items)` over texts; NULL stands among the items as such. */
export function textIn(
  operand: ComparedText,
  items: readonly (ComparedText | "null")[],
  { negated, anyCase, packed }: InForm,
): string {
  const texts = items.map((item) => (item === "null" ? "NULL" : comparableText(item, anyCase)));
  const literals = items.map((item) => (item === "null" ? undefined : item.constant));
  const asRows = packed && literals.every((literal) => literal !== undefined);
  const list = asRows
    ? packedTexts(
        literals.map((literal) => (anyCase ? withoutBlanks(literal).toLowerCase() : withoutBlanks(literal))),
      )
    : texts.join(", ");
  const exact = `${comparableText(operand, anyCase)} ${negated ? "NOT IN" : "IN"} (${list})`;
  const prunable = operand.isColumn && !operand.blankFree && !negated && !anyCase;
  if (!prunable || !literals.every((literal) => literal !== undefined && !hasControls(literal)))
    return `(${exact})`;
  const sorted = literals
    .map((literal) => Buffer.from(withoutBlanks(literal ?? "")))
    .sort(Buffer.compare)
    .map(String);
  const from = quoteText(sorted[0] ?? "");
  const to = quoteText(`${sorted.at(-1)}!`);
  return `(${operand.sql} >= ${from} AND ${operand.sql} < ${to} AND ${exact})`;
}

/** Characters before the blank. */
function hasControls(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 32) return true;
  return false;
}
