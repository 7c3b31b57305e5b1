import { isText } from "../type-rules.ts";
import { type Argument, aliases, type FunctionEntry, type PrintInput, scalar } from "./function-entry.ts";
import type { ParameterType } from "./signature.ts";

/** `decode(x, search, result, ..., default)`: the searched values are of one type, the results of another. */
function decodeParameters(args: readonly Argument[]): readonly ParameterType[] {
  const last = args.length - 1;
  return args.map((_, index) => {
    if (index === 0) return "T";
    return index % 2 === 0 || (index === last && args.length % 2 === 0) ? "U" : "T";
  });
}

/** Unlike CASE, DECODE finds null where it searches null. */
function decode(texts: readonly string[], { constants, types }: PrintInput): string {
  const [x = ""] = texts;
  const text = types[0] !== undefined && isText(types[0]);
  const operand = text ? `rtrim(${x}, ' ')` : x;
  let branches = "";
  for (let index = 1; index + 1 < texts.length; index += 2) {
    const search = text ? `rtrim(${texts[index]}, ' ')` : texts[index];
    const known = typeof constants[index] === "string";
    branches += ` WHEN ${operand} ${known ? "=" : "IS NOT DISTINCT FROM"} ${search} THEN ${texts[index + 1]}`;
  }
  const otherwise = texts.length % 2 === 0 ? ` ELSE ${texts.at(-1)}` : "";
  return `(CASE${branches}${otherwise} END)`;
}

function nullIf([a = "", b = ""]: readonly string[], { types }: PrintInput): string {
  return types[0] !== undefined && isText(types[0])
    ? `(CASE WHEN rtrim(${a}, ' ') = rtrim(${b}, ' ') THEN NULL ELSE ${a} END)`
    : `nullif(${a}, ${b})`;
}

/** Conditional expressions that are written as calls. */
export const conditionalFunctions: readonly FunctionEntry[] = Object.freeze([
  ...aliases(
    scalar("coalesce(T, T...) T", (texts) => `coalesce(${texts.join(", ")})`),
    "nvl",
  ),
  scalar("isnull(T, T) T", (texts) => `coalesce(${texts.join(", ")})`),
  scalar("nvl2(any, T, T) T", ([x, a, b]) => `(CASE WHEN ${x} IS NOT NULL THEN ${a} ELSE ${b} END)`),
  scalar("nullif(T, T) T", nullIf),
  scalar("greatest(T, T...) T", (texts) => extreme("greatest", texts)),
  scalar("least(T, T...) T", (texts) => extreme("least", texts)),
  scalar("decode(T, T, U, any...) U", decode, { parameters: decodeParameters }),
]);

/** Nulls are passed over; all null gives null, as the engine has it. */
function extreme(name: string, texts: readonly string[]): string {
  return `${name}(${texts.join(", ")})`;
}
