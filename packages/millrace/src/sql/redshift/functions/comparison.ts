import { categoryOf, commonType, isText } from "../type-rules.ts";
import { bareTypeText } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import { macro } from "./engine-text.ts";
import type { Argument, ResolvedCall } from "./function-entry.ts";

/**
 * `=`, `<` and the others. Texts are compared as they come: the binder takes trailing blanks, which do not count,
 * from them where they may have some. Numbers of two types are left to the engine, which compares them exactly.
 */
export function comparison(operator: string, args: readonly [Argument, Argument]): ResolvedCall | undefined {
  const types = comparedTypes(args);
  if (types === undefined) return undefined;
  const dynamic = types[0].name === "super";
  return {
    name: operator,
    kind: "scalar",
    volatility: "immutable",
    type: { name: "boolean" },
    parameterTypes: types,
    sessionValue: false,
    print: ([a = "", b = ""]) =>
      dynamic ? macro(dynamicNames[operator as "="] ?? "super_equal", a, b) : `(${a} ${operator} ${b})`,
  };
}

const dynamicNames = Object.freeze({
  "=": "super_equal",
  "<>": "super_unequal",
  "<": "super_less",
  "<=": "super_at_most",
  ">": "super_greater",
  ">=": "super_at_least",
});

function comparedTypes([left, right]: readonly [Argument, Argument]):
  | readonly [SqlType, SqlType]
  | undefined {
  const [a, b] = [left.type, right.type];
  const common = commonType([a, b]);
  if (common === undefined) return catalogNames(a, b);
  if (common.name === "unknown") return [varchar, varchar];
  const category = categoryOf(common);
  if (category === "array" && bareTypeText(a) !== bareTypeText(b)) return undefined;
  if (category === "number" && a.name !== "unknown" && b.name !== "unknown") return numbers(a, b);
  if (isText(common)) return [textOf(a), textOf(b)];
  if (a.name === "unknown" && category === "number") return [literalType(left, b), b];
  if (b.name === "unknown" && category === "number") return [a, literalType(right, a)];
  return [common, common];
}

const varchar: SqlType = Object.freeze({ name: "character varying" });

function textOf(type: SqlType): SqlType {
  return type.name === "unknown" ? varchar : type;
}

/** A real beside a double or a numeric is compared in double precision, as the engine does too. */
function numbers(a: SqlType, b: SqlType): readonly [SqlType, SqlType] {
  return [a, b];
}

/** Of a parameter, whose digits are known when it has a value. */
const openNumeric: SqlType = Object.freeze({ name: "numeric" });

/** `price = '1.505'` compares all of the literal's digits. */
function literalType(literal: Argument, other: SqlType): SqlType {
  if (other.name !== "numeric") return other;
  if (literal.constant === undefined) return openNumeric;
  const digits = /^\s*[+-]?(\d*)(?:\.(\d*))?\s*$/.exec(literal.constant ?? "");
  if (digits === null) return other;
  const scale = Math.min((digits[2] ?? "").length, 37);
  return { name: "numeric", precision: Math.min(38, Math.max(1, (digits[1] ?? "").length + scale)), scale };
}

/** oid beside regclass: both numbers in the catalog, kept apart in ours. */
function catalogNames(a: SqlType, b: SqlType): readonly [SqlType, SqlType] | undefined {
  const names = [a.name, b.name];
  const number = names.some((name) => name === "oid" || name === "integer" || name === "bigint");
  const reference = names.some((name) => name.startsWith("reg"));
  return number && reference ? [{ name: "oid" }, { name: "oid" }] : undefined;
}
