import { engineType } from "../type-text.ts";
import { cast } from "./engine-text.ts";
import { type FunctionEntry, type PrintInput, scalar } from "./function-entry.ts";
import { printRegexMatch } from "./patterns.ts";

function joined([left, right]: readonly { readonly length?: number }[]): {
  readonly name: "character varying";
  readonly length?: number;
} {
  const length = (left?.length ?? Number.NaN) + (right?.length ?? Number.NaN);
  return Number.isNaN(length)
    ? { name: "character varying" }
    : { name: "character varying", length: Math.min(length, 65535) };
}

/** A null literal makes the whole null, and the engine would forget that it is a text. */
export function concatenate([a, b]: readonly string[], { constants, type }: PrintInput): string {
  return constants.includes(null) ? cast("NULL", engineType(type)) : `(${a} || ${b})`;
}

export const textOperators: readonly FunctionEntry[] = Object.freeze([
  scalar("||(varchar, varchar) varchar", concatenate, { result: joined }),
  scalar("||(varbyte, varbyte) varbyte", concatenate),
  scalar("+(bpchar, bpchar) varchar", concatenate, { result: joined }),
  scalar("+(varchar, varchar) varchar", concatenate, { result: joined }),
  scalar("~(varchar, varchar) bool", (texts, input) =>
    printRegexMatch(texts, input, { negated: false, anyCase: false }),
  ),
  scalar("~*(varchar, varchar) bool", (texts, input) =>
    printRegexMatch(texts, input, { negated: false, anyCase: true }),
  ),
  scalar("!~(varchar, varchar) bool", (texts, input) =>
    printRegexMatch(texts, input, { negated: true, anyCase: false }),
  ),
  scalar("!~*(varchar, varchar) bool", (texts, input) =>
    printRegexMatch(texts, input, { negated: true, anyCase: true }),
  ),
]);
