import { SqlError } from "../../sql-error.ts";
import { toSuper } from "./cast-super.ts";
import { cast, quoted, script } from "./engine-text.ts";
import { type Argument, type FunctionEntry, type PrintInput, scalar } from "./function-entry.ts";
import type { ParameterType } from "./signature.ts";

const text = (sql: string | undefined): string => cast(sql ?? "", "VARCHAR");
const json = (sql: string): string => cast(sql, "JSON");

const varchar = Object.freeze({ name: "character varying" as const });
const boolean = Object.freeze({ name: "boolean" as const });

/** Path elements, one to five, and perhaps null_if_invalid. */
function pathParameters(args: readonly Argument[]): readonly ParameterType[] | undefined {
  const last = args.at(-1);
  const hasFlag = last?.type.name === "boolean";
  const elements = args.length - 1 - (hasFlag ? 1 : 0);
  if (elements < 1 || elements > 5) return undefined;
  return args.map((_, index) => (hasFlag && index === args.length - 1 ? boolean : varchar));
}

function pathText(texts: readonly string[], { types, constants }: PrintInput): string {
  const hasFlag = types.at(-1)?.name === "boolean";
  const end = hasFlag ? -1 : undefined;
  const names = constants.slice(1, end);
  const path = names.every((name) => typeof name === "string")
    ? quoted(JSON.stringify(names))
    : text(`to_json([${texts.slice(1, end).join(", ")}])`);
  return script("json_path_text", texts[0] ?? "", path, hasFlag ? (texts.at(-1) ?? "false") : "false");
}

/** An argument as JSON; a null within an array is null, not nothing. */
function element(sql: string, index: number, { types }: PrintInput): string {
  const type = types[index] ?? varchar;
  if (["date", "timestamp", "timestamptz", "time", "timetz"].includes(type.name)) {
    throw new SqlError("42846", `cannot cast type ${type.name} to super`);
  }
  return `coalesce(${text(toSuper({ sql, type }))}, 'null')`;
}

function array(texts: readonly string[], input: PrintInput): string {
  if (texts.length === 0) return json("'[]'");
  return json(`'[' || ${texts.map((sql, index) => element(sql, index, input)).join(" || ',' || ")} || ']'`);
}

function object(texts: readonly string[], input: PrintInput): string {
  if (texts.length % 2 !== 0) throw new SqlError("22023", "object() takes pairs of keys and values");
  if (texts.length === 0) return json("'{}'");
  const members = texts.flatMap((sql, index) =>
    index % 2 === 0
      ? [`${text(`to_json(${sql})`)} || ':' || ${element(texts[index + 1] ?? "NULL", index + 1, input)}`]
      : [],
  );
  return json(`'{' || ${members.join(" || ',' || ")} || '}'`);
}

function superOf(name: string, count: number): (texts: readonly string[]) => string {
  return (texts) => json(script(name, ...texts.slice(0, count).map(text)));
}

const kindTest =
  (kinds: string) =>
  ([x]: readonly string[]): string =>
    `(json_type(${x}) IN (${kinds}))`;
const whole = "'BIGINT', 'UBIGINT', 'HUGEINT'";

function fits(low: string, high: string): (texts: readonly string[]) => string {
  return ([x]) =>
    `(json_type(${x}) IN (${whole}) AND TRY_CAST(${text(x)} AS HUGEINT) BETWEEN ${low} AND ${high})`;
}

const typeTests: readonly FunctionEntry[] = [
  scalar("is_array(super) bool", kindTest("'ARRAY'")),
  scalar("is_object(super) bool", kindTest("'OBJECT'")),
  scalar("is_boolean(super) bool", kindTest("'BOOLEAN'")),
  scalar("is_char(super) bool", kindTest("'VARCHAR'")),
  scalar("is_varchar(super) bool", kindTest("'VARCHAR'")),
  scalar("is_scalar(super) bool", ([x]) => `(json_type(${x}) NOT IN ('ARRAY', 'OBJECT', 'NULL'))`),
  scalar("is_smallint(super) bool", fits("-32768", "32767")),
  scalar("is_integer(super) bool", fits("-2147483648", "2147483647")),
  scalar("is_bigint(super) bool", fits("CAST('-9223372036854775808' AS BIGINT)", "9223372036854775807")),
  scalar(
    "is_decimal(super) bool",
    ([x]) => `(${script("super_kind", text(x))} = 'number' AND NOT regexp_matches(${text(x)}, '[eE]'))`,
  ),
  scalar(
    "is_float(super) bool",
    ([x]) => `(${script("super_kind", text(x))} = 'number' AND regexp_matches(${text(x)}, '[eE]'))`,
  ),
  scalar("json_typeof(super) varchar", ([x]) => script("super_kind", text(x))),
  scalar("decimal_precision(super) int4", ([x]) => script("decimal_digits", text(x), "false")),
  scalar("decimal_scale(super) int4", ([x]) => script("decimal_digits", text(x), "true")),
  scalar("json_size(super) int4", ([x]) => cast(`strlen(${text(x)})`, "INTEGER")),
];

const arrays: readonly FunctionEntry[] = [
  scalar("array(; any...) super", array),
  scalar("object(; any...) super", object),
  scalar("array_concat(super, super) super", superOf("array_concat", 2)),
  scalar("array_flatten(super) super", superOf("array_flatten", 1)),
  scalar("array_distinct(super) super", superOf("array_distinct", 1)),
  scalar("array_sort(super) super", superOf("array_sort", 1)),
  scalar("array_union(super, super) super", superOf("array_union", 2)),
  scalar("array_intersection(super, super) super", superOf("array_intersection", 2)),
  scalar("array_except(super, super) super", superOf("array_except", 2)),
  scalar("arrays_overlap(super, super) bool", ([a, b]) => script("arrays_overlap", text(a), text(b))),
  scalar("array_contains(super, super) bool", ([x, wanted]) =>
    script("array_contains", text(x), text(wanted)),
  ),
  scalar("array_position(super, super) int4", ([x, wanted]) =>
    script("array_position", text(x), text(wanted)),
  ),
  scalar("array_positions(super, super) super", superOf("array_positions", 2)),
  scalar("get_array_length(super) int4", ([x]) => script("get_array_length", text(x))),
  scalar("subarray(super, int4; int4) super", ([x, start = "", length = "2147483647"]) =>
    json(script("subarray", text(x), start, length)),
  ),
  scalar("split_to_array(varchar; varchar) super", ([x = "", delimiter = "','"]) =>
    json(script("split_to_array", x, delimiter)),
  ),
  scalar("get_number_attributes(super) int4", ([x]) => script("number_attributes", text(x))),
  scalar("lower_attribute_names(super) super", superOf("lower_attributes", 1)),
  scalar("upper_attribute_names(super) super", superOf("upper_attributes", 1)),
  scalar("object_transform(super, varchar, super) super", ([x, keep = "", set]) =>
    json(script("object_transform", text(x), keep, text(set))),
  ),
];

/** Functions of JSON in texts and of SUPER. */
export const jsonSuperFunctions: readonly FunctionEntry[] = Object.freeze([
  scalar("json_extract_path_text(varchar, varchar, any...) varchar", pathText, {
    parameters: pathParameters,
  }),
  scalar(
    "json_extract_array_element_text(varchar, int4; bool) varchar",
    ([x = "", index = "", flag = "false"]) => script("json_element_text", x, index, flag),
  ),
  scalar("json_array_length(varchar; bool) int4", ([x = "", flag = "false"]) =>
    script("json_array_length", x, flag),
  ),
  scalar("is_valid_json(varchar) bool", ([x = ""]) => script("is_json", x)),
  scalar("is_valid_json_array(varchar) bool", ([x = ""]) => script("is_json_array", x)),
  scalar("can_json_parse(varchar) bool", ([x = ""]) => script("can_json_parse", x)),
  scalar("json_parse(varchar) super", ([x = ""]) => json(script("json_parse", x))),
  scalar("json_serialize(super) varchar", ([x]) => text(x)),
  scalar("json_serialize_to_varbyte(super) varbyte", ([x]) => `encode(${text(x)})`),
  ...typeTests,
  ...arrays,
]);

/** Dynamically typed arithmetic: null where the operands are no numbers. */
export const superOperators: readonly FunctionEntry[] = Object.freeze(
  (
    [
      ["+", "super_add"],
      ["-", "super_subtract"],
      ["*", "super_multiply"],
      ["/", "super_divide"],
      ["%", "super_modulo"],
    ] as const
  ).map(([operator, name]) => scalar(`${operator}(super, super) super`, superOf(name, 2))),
);
