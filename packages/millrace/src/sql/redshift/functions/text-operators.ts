import { type FunctionEntry, scalar } from "./function-entry.ts";
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

const concatenate = ([a, b]: readonly string[]): string => `(${a} || ${b})`;

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
