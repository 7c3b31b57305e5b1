import { SqlError } from "../../sql-error.ts";
import { numeric, precisionOf } from "../numeric-rules.ts";
import { engineType } from "../type-text.ts";
import type { SqlType } from "../types.ts";
import { cast, macro, script } from "./engine-text.ts";
import {
  aggregate,
  type CallForm,
  type EntryOptions,
  type FunctionEntry,
  type Printer,
  type PrintInput,
} from "./function-entry.ts";

/** `sum(DISTINCT x) OVER (...)`: an aggregate of the engine with what the call says around it. */
function aggregateCall(name: string, args: string, form: CallForm, filter = ""): string {
  const distinct = form.distinct === true ? "DISTINCT " : "";
  const over = form.over === undefined ? "" : ` OVER (${form.over})`;
  return `${name}(${distinct}${args})${filter}${over}`;
}

function plain(name: string): Printer {
  return ([x = ""], { form }) => aggregateCall(name, x, form);
}

const wide: EntryOptions = Object.freeze({
  result: ([type]: readonly SqlType[]): SqlType =>
    numeric(38, precisionOf(type ?? { name: "numeric" }).scale),
});

const sameType: EntryOptions = Object.freeze({
  result: ([type]: readonly SqlType[]): SqlType => type ?? { name: "unknown" },
});

/** The average of whole numbers is whole: it is cut. */
const integerAverage: Printer = ([x = ""], { form }) =>
  cast(`${aggregateCall("sum", x, form)} // ${aggregateCall("count", x, form)}`, "BIGINT");

/** The average of numerics keeps their scale; the digits beyond it are cut. */
const numericAverage: Printer = ([x = ""], { form, types }) => {
  const { scale } = precisionOf(types[0] ?? { name: "numeric" });
  const sum = aggregateCall("sum", x, form);
  const count = aggregateCall("count", x, form);
  if (scale === 0) return cast(`CAST(${sum} AS HUGEINT) // ${count}`, "DECIMAL(38,0)");
  // Beyond this the sum's digits and the shift may not fit into 128 bits together.
  if (scale > 6) {
    const quotient = script(
      "decimal_divide",
      cast(sum, "VARCHAR"),
      cast(`nullif(${count}, 0)`, "VARCHAR"),
      String(scale),
    );
    return cast(quotient, `DECIMAL(38,${scale})`);
  }
  const units = `CAST(${sum} * CAST(1${"0".repeat(scale)} AS DECIMAL(${scale + 1},0)) AS HUGEINT)`;
  return `CAST(CAST(${units} // ${count} AS DECIMAL(38,0)) * CAST(0.${"0".repeat(scale - 1)}1 AS DECIMAL(${scale},${scale})) AS DECIMAL(38,${scale}))`;
};

const sums: readonly FunctionEntry[] = [
  ...["int2", "int4", "int8"].map((type) =>
    aggregate(`sum(${type}) int8`, ([x = ""], { form }) => cast(aggregateCall("sum", x, form), "BIGINT")),
  ),
  aggregate("sum(numeric) numeric", plain("sum"), wide),
  aggregate("sum(float8) float8", plain("sum")),
  ...["interval", "ym", "ds"].map((type) => aggregate(`sum(${type}) ${type}`, plain("sum"))),
  ...["int2", "int4", "int8"].map((type) => aggregate(`avg(${type}) int8`, integerAverage)),
  aggregate("avg(numeric) numeric", numericAverage, wide),
  aggregate("avg(float8) float8", plain("avg")),
];

const spreads: readonly FunctionEntry[] = (
  [
    ["stddev", "stddev_samp"],
    ["stddev_samp", "stddev_samp"],
    ["stddev_pop", "stddev_pop"],
    ["variance", "var_samp"],
    ["var_samp", "var_samp"],
    ["var_pop", "var_pop"],
  ] as const
).map(([name, engine]) => aggregate(`${name}(float8) float8`, plain(engine)));

/** What a percentile is taken of: a literal fraction, negative where the order is descending. */
function fraction(input: PrintInput): string {
  const text = input.constants[0];
  const value = typeof text === "string" ? Number(text) : Number.NaN;
  if (!(value >= 0 && value <= 1)) {
    throw new SqlError("22003", `percentile value ${text ?? "null"} is not between 0 and 1`);
  }
  if (input.form.withinGroup?.[0]?.descending !== true) return String(value);
  return value === 0 ? "1" : `-${value}`;
}

/** What is ordered in WITHIN GROUP (ORDER BY x), without its direction. */
function ordered({ form }: PrintInput): string {
  return (form.withinGroup?.[0]?.sql ?? "").replace(/ (?:ASC|DESC) NULLS (?:FIRST|LAST)$/, "");
}

const percentile =
  (name: string): Printer =>
  (_, input) => {
    const widens = input.type.name === "numeric" && name === "quantile_cont";
    const values = widens ? cast(ordered(input), engineType(input.type)) : ordered(input);
    return cast(aggregateCall(name, `${values}, ${fraction(input)}`, input.form), engineType(input.type));
  };

/** Between two numerics there may be one with a digit more: whole numbers get one. */
function interpolated(type: SqlType | undefined): SqlType {
  if (type === undefined) return { name: "numeric" };
  if (["smallint", "integer", "bigint"].includes(type.name)) return numeric(20, 1);
  return type.name === "numeric" ? numeric(38, precisionOf(type).scale) : type;
}

const medians: readonly FunctionEntry[] = [
  "int2",
  "int4",
  "int8",
  "numeric",
  "float4",
  "float8",
  "date",
  "timestamp",
  "timestamptz",
].flatMap((type) => [
  aggregate(
    `median(${type}) ${type}`,
    ([x = ""], { form, type: result }) =>
      cast(
        aggregateCall(
          "quantile_cont",
          `${result.name === "numeric" ? cast(x, engineType(result)) : x}, 0.5`,
          form,
        ),
        engineType(result),
      ),
    { result: ([own]) => interpolated(own) },
  ),
  aggregate(`percentile_cont(numeric, ${type}) ${type}`, percentile("quantile_cont"), {
    result: ([, own]) => interpolated(own),
  }),
]);

const delimited: Printer = ([x = "", separator = "''"], { form }) => {
  const order = form.withinGroup?.map((item) => item.sql).join(", ");
  const text = aggregateCall(
    "string_agg",
    `${x}, ${separator}${order === undefined ? "" : ` ORDER BY ${order}`}`,
    form,
    ` FILTER (WHERE ${x} <> '')`,
  );
  return macro("listagg_limited", text);
};

/**
 * Aggregates, which may stand with OVER, too. What PERCENTILE_* is taken of comes in WITHIN GROUP.
 */
export const aggregateFunctions: readonly FunctionEntry[] = Object.freeze([
  aggregate("count(; any) int8", ([x = "*"], { form }) => aggregateCall("count", x, form)),
  ...sums,
  aggregate("min(any) any", plain("min"), sameType),
  aggregate("max(any) any", plain("max"), sameType),
  aggregate("any_value(any) any", plain("any_value"), sameType),
  ...spreads,
  ...medians,
  aggregate("percentile_disc(numeric, any) any", percentile("quantile_disc"), {
    result: ([, own]) => own ?? { name: "unknown" },
  }),
  aggregate("listagg(varchar; varchar) varchar", delimited, {
    result: () => ({ name: "character varying", length: 65535 }),
  }),
  aggregate("bool_and(bool) bool", plain("bool_and")),
  aggregate("bool_or(bool) bool", plain("bool_or")),
  ...["int2", "int4", "int8"].flatMap((type) => [
    aggregate(`bit_and(${type}) ${type}`, plain("bit_and")),
    aggregate(`bit_or(${type}) ${type}`, plain("bit_or")),
  ]),
  aggregate("bit_and(bool) bool", plain("bool_and")),
  aggregate("bit_or(bool) bool", plain("bool_or")),
  aggregate("hll(any) int8", ([x = ""], { form }) =>
    aggregateCall("approx_count_distinct", x, { ...form, distinct: false }),
  ),
]);

/** `approximate count(distinct x)` */
export const approximateFunctions: readonly FunctionEntry[] = Object.freeze([
  aggregate("count(any) int8", ([x = ""], { form }) =>
    aggregateCall("approx_count_distinct", x, { ...form, distinct: false }),
  ),
  aggregate("percentile_disc(numeric, any) any", percentile("quantile_disc"), {
    result: ([, own]) => own ?? { name: "unknown" },
  }),
]);
