import { SqlError } from "../../sql-error.ts";
import { quoted, script } from "./engine-text.ts";
import type { PrintInput } from "./function-entry.ts";
import { enginePattern } from "./posix-pattern.ts";
import { similarPattern } from "./similar-pattern.ts";

export interface RegexForm {
  readonly negated: boolean;
  readonly anyCase: boolean;
}

/** `x ~ pattern`: left to the engine, but for literal patterns that its expressions cannot say. */
export function printRegexMatch(
  [x = "", pattern = ""]: readonly string[],
  input: PrintInput,
  form: RegexForm,
): string {
  const constant = input.constants[1];
  const options = form.anyCase ? "'is'" : "'s'";
  const beyondEngine = typeof constant === "string" && enginePattern(constant, "posix") === undefined;
  const text = beyondEngine
    ? script("regex_matches", x, pattern, form.anyCase ? "'i'" : "''")
    : `regexp_matches(${x}, ${pattern}, ${options})`;
  return form.negated ? `(NOT ${text})` : text;
}

/** A text operand of LIKE and its kin; constants are known where they are literals. */
export interface PatternOperand {
  readonly sql: string;
  readonly constant?: string | null | undefined;
}

/**
 * `operand [not] like | ilike | similar to pattern [escape e]` over texts. Without ESCAPE the escape is a backslash.
 * @throws SqlError 22025 for an escape of more than one character
 */
export function printLike(
  operator: "like" | "ilike" | "similar to",
  operand: PatternOperand,
  pattern: PatternOperand,
  escaping: PatternOperand | undefined,
  negated: boolean,
): string {
  const escapeText = escaping === undefined ? "\\" : escaping.constant;
  if (escapeText === undefined) throw new SqlError("0A000", "ESCAPE must be a literal.");
  if (escapeText === null) return "CAST(NULL AS BOOLEAN)";
  if ([...escapeText].length > 1)
    throw new SqlError("22025", "invalid escape string", {
      hint: "Escape string must be empty or one character.",
    });
  const positive =
    operator === "similar to"
      ? printSimilar(operand, pattern, escapeText)
      : printWildcards(operator === "like" ? "LIKE" : "ILIKE", operand, pattern, escapeText);
  return negated ? `(NOT ${positive})` : positive;
}

function printWildcards(
  operator: string,
  operand: PatternOperand,
  pattern: PatternOperand,
  escapeText: string,
): string {
  const free =
    typeof pattern.constant === "string" && !(escapeText !== "" && pattern.constant.includes(escapeText));
  const clause = free || escapeText === "" ? "" : ` ESCAPE ${quoted(escapeText)}`;
  return `(${operand.sql} ${operator} ${pattern.sql}${clause})`;
}

function printSimilar(operand: PatternOperand, pattern: PatternOperand, escapeText: string): string {
  const engine =
    typeof pattern.constant === "string"
      ? enginePattern(similarPattern(pattern.constant, escapeText), "posix")
      : undefined;
  if (engine !== undefined) return `regexp_matches(${operand.sql}, ${quoted(engine)}, 's')`;
  return script("similar_to", operand.sql, pattern.sql, quoted(escapeText));
}
