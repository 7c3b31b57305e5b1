import { SqlError } from "../../sql-error.ts";
import type { SqlType } from "../types.ts";
import { type DatePart, datePartOf } from "./date-parts.ts";
import { cast, macro, quoted, script } from "./engine-text.ts";
import { aliases, type FunctionEntry, type PrintInput, scalar } from "./function-entry.ts";
import { zoneName } from "./scripts/zone-names.ts";

const steps: Readonly<Partial<Record<DatePart, readonly [string, number]>>> = Object.freeze({
  millennium: ["months", 12_000],
  century: ["months", 1200],
  decade: ["months", 120],
  year: ["months", 12],
  quarter: ["months", 3],
  month: ["months", 1],
  week: ["days", 7],
  day: ["days", 1],
  dow: ["days", 1],
  doy: ["days", 1],
  hour: ["hours", 1],
  minute: ["minutes", 1],
  second: ["seconds", 1],
  millisecond: ["milliseconds", 1],
  microsecond: ["microseconds", 1],
} as const);

function refusedPart(part: DatePart, name: string): SqlError {
  return new SqlError("22023", `${name} does not support the date part "${part}"`);
}

function dateadd([, count = "", x = ""]: readonly string[], { constants, types }: PrintInput): string {
  const part = datePartOf(constants[0]);
  const step = steps[part];
  if (step === undefined) throw refusedPart(part, "DATEADD");
  const [unit, factor] = step;
  const number = factor === 1 ? count : `(${count} * ${factor})`;
  const amount = unit === "months" || unit === "days" ? cast(number, "INTEGER") : number;
  const moment = types[2]?.name === "date" ? cast(x, "TIMESTAMP") : x;
  return `(${moment} + to_${unit}(${amount}))`;
}

/** Boundaries between the two moments. Weeks begin on Sunday; with a time zone, parts are those of UTC. */
function datediff([, a = "", b = ""]: readonly string[], { constants, types }: PrintInput): string {
  const part = datePartOf(constants[0]);
  if (steps[part] === undefined) throw refusedPart(part, "DATEDIFF");
  const name = part === "dow" || part === "doy" ? "day" : part;
  const [left, right] = [a, b].map((x) => (types[1]?.name === "timestamptz" ? `timezone('UTC', ${x})` : x));
  if (name === "week") return macro("week_difference", left ?? "", right ?? "");
  if (name === "century" || name === "millennium") {
    return `(date_part('${name}', ${right}) - date_part('${name}', ${left}))`;
  }
  return `date_diff('${name}', ${left}, ${right})`;
}

/** DATE_PART gives a double, with the fraction of seconds. */
function datePart([, x = ""]: readonly string[], input: PrintInput): string {
  const part = datePartOf(input.constants[0]);
  if (part === "second") return `(${cast(`date_part('microsecond', ${x})`, "DOUBLE")} / 1000000)`;
  if (part === "millisecond") return `(${cast(`date_part('microsecond', ${x})`, "DOUBLE")} / 1000)`;
  if (part === "epoch") return cast(`epoch(${x})`, "DOUBLE");
  return cast(wholePart(part, x), "DOUBLE");
}

/** AWS counts decades from 1: the years 2000 to 2009 are the 201st. */
function wholePart(part: DatePart, x: string): string {
  return part === "decade" ? `(date_part('decade', ${x}) + 1)` : `date_part('${part}', ${x})`;
}

/** EXTRACT gives whole numbers; of seconds and what is smaller, that part alone. */
function extract([, x = ""]: readonly string[], input: PrintInput): string {
  const part = datePartOf(input.constants[0]);
  const result = input.type.name === "bigint" ? "BIGINT" : "INTEGER";
  if (part === "second") return cast(`date_part('microsecond', ${x}) // 1000000`, result);
  if (part === "millisecond") return cast(`date_part('microsecond', ${x}) // 1000 % 1000`, result);
  if (part === "microsecond") return cast(`date_part('microsecond', ${x}) % 1000`, result);
  if (part === "epoch") return cast(`floor(epoch(${x}))`, result);
  return cast(wholePart(part, x), result);
}

const extracted = (_: readonly SqlType[], constants: readonly (string | null | undefined)[]): SqlType => ({
  name: datePartOf(constants[0]) === "epoch" ? "bigint" : "integer",
});

function truncated([, x = ""]: readonly string[], { constants, type }: PrintInput): string {
  const part = datePartOf(constants[0]);
  const engine =
    type.name === "timestamptz" ? "TIMESTAMPTZ" : type.name === "interval" ? "INTERVAL" : "TIMESTAMP";
  if (part === "century" || part === "millennium") return cast(macro(`${part}_start`, x), engine);
  if (["dow", "doy", "epoch", "timezone", "timezone_hour", "timezone_minute"].includes(part)) {
    throw refusedPart(part, "DATE_TRUNC");
  }
  return cast(`date_trunc('${part}', ${x})`, engine);
}

/** The zone as the engine names it: of a literal found now, else row by row. */
function zone(sql: string, constant: string | null | undefined): string {
  return typeof constant === "string" ? quoted(zoneName(constant)) : script("zone", sql);
}

function convertTimezone(texts: readonly string[], { constants, types }: PrintInput): string {
  const [target = "", x = ""] = texts.slice(-2);
  const at = texts.length - 2;
  const moment =
    types.at(-1)?.name === "timestamptz"
      ? x
      : `timezone(${texts.length === 3 ? zone(texts[0] ?? "", constants[0]) : "'UTC'"}, ${x})`;
  return `timezone(${zone(target, constants[at])}, ${moment})`;
}

const atZone = ([name = "", x = ""]: readonly string[], { constants }: PrintInput): string =>
  `timezone(${zone(name, constants[0])}, ${x})`;

const order = ([a = "", b = ""]: readonly string[]): string => macro("order_of", a, b);

const comparisons: readonly FunctionEntry[] = [
  scalar("date_cmp(date, date) int4", order),
  scalar("date_cmp_timestamp(date, timestamp) int4", order),
  scalar("date_cmp_timestamptz(date, timestamptz) int4", order),
  scalar("timestamp_cmp(timestamp, timestamp) int4", order),
  scalar("timestamp_cmp_date(timestamp, date) int4", order),
  scalar("timestamp_cmp_timestamptz(timestamp, timestamptz) int4", order),
  scalar("timestamptz_cmp(timestamptz, timestamptz) int4", order),
  scalar("timestamptz_cmp_date(timestamptz, date) int4", order),
  scalar("timestamptz_cmp_timestamp(timestamptz, timestamp) int4", order),
  scalar("interval_cmp(interval, interval) int4", order),
];

const moments = ["timestamp", "date", "timestamptz", "time", "timetz"] as const;
const ofSession = Object.freeze({ volatility: "stable" as const, sessionValue: true });

/** When the statement began, as AWS says of GETDATE and TIMEOFDAY, or its transaction, as of all others. */
type Moment = "statement_timestamp" | "transaction_timestamp";

/** As the session knows it; without a session the engine's own, which is its transaction's. */
function clock(text: string, moment: Moment, print: (now: string) => string): FunctionEntry {
  return scalar(text, (_, { form }) => print(form.session.value(moment) ?? "now()"), ofSession);
}

const clocks: readonly FunctionEntry[] = [
  clock("getdate() timestamp", "statement_timestamp", (now) =>
    cast(`date_trunc('second', ${now})`, "TIMESTAMP"),
  ),
  clock("sysdate() timestamp", "transaction_timestamp", (now) => cast(now, "TIMESTAMP")),
  clock("current_date() date", "transaction_timestamp", (now) => cast(now, "DATE")),
  ...aliases(
    clock("now() timestamptz", "transaction_timestamp", (now) => now),
    "current_timestamp",
  ),
  clock("localtimestamp() timestamp", "transaction_timestamp", (now) => cast(now, "TIMESTAMP")),
  clock("current_time() timetz", "transaction_timestamp", (now) => cast(now, "TIMETZ")),
  clock("localtime() time", "transaction_timestamp", (now) => cast(cast(now, "TIMESTAMP"), "TIME")),
  clock(
    "timeofday() varchar",
    "statement_timestamp",
    (now) => `strftime(${now}, '%a %b %d %H:%M:%S.%f %Y %Z')`,
  ),
];

const calendar: readonly FunctionEntry[] = [
  scalar("add_months(date, int8) timestamp", ([x = "", n = ""]) =>
    macro("add_months", cast(x, "TIMESTAMP"), n),
  ),
  scalar("add_months(timestamp, int8) timestamp", ([x = "", n = ""]) => macro("add_months", x, n)),
  scalar("months_between(timestamp, timestamp) float8", ([a = "", b = ""]) => macro("months_between", a, b)),
  scalar("last_day(timestamp) date", ([x]) => `last_day(${x})`),
  scalar("last_day(date) date", ([x]) => `last_day(${x})`),
  scalar("next_day(date, varchar) date", ([x = "", day = ""]) => macro("next_day", x, day)),
  scalar("next_day(timestamp, varchar) date", ([x = "", day = ""]) =>
    macro("next_day", cast(x, "DATE"), day),
  ),
  scalar("trunc(timestamp) date", ([x = ""]) => cast(x, "DATE")),
  scalar("trunc(timestamptz) date", ([x = ""]) => cast(x, "DATE")),
  scalar("date(timestamp) date", ([x = ""]) => cast(x, "DATE")),
  scalar("date(date) date", ([x = ""]) => x),
  scalar("date_part_year(date) int4", ([x]) => cast(`year(${x})`, "INTEGER")),
  scalar("age(timestamp, timestamp) interval", ([a, b]) => `age(${a}, ${b})`),
  scalar(
    "age(timestamp) interval",
    ([a], { form }) => {
      const now = form.session.value("transaction_timestamp") ?? "now()";
      return `age(CAST(CAST(${now} AS DATE) AS TIMESTAMP), ${a})`;
    },
    ofSession,
  ),
  ...moments.slice(0, 3).map((type) => scalar(`isfinite(${type}) bool`, ([x]) => `isfinite(${x})`)),
];

/** Functions of dates and times. */
export const dateFunctions: readonly FunctionEntry[] = Object.freeze([
  ...aliases(scalar("dateadd(varchar, int8, timestamp) timestamp", dateadd), "date_add"),
  ...aliases(scalar("dateadd(varchar, int8, date) timestamp", dateadd), "date_add"),
  ...aliases(scalar("dateadd(varchar, int8, timestamptz) timestamptz", dateadd), "date_add"),
  ...aliases(scalar("dateadd(varchar, int8, time) time", dateadd), "date_add"),
  ...aliases(scalar("datediff(varchar, timestamp, timestamp) int8", datediff), "date_diff"),
  ...aliases(scalar("datediff(varchar, date, date) int8", datediff), "date_diff"),
  ...aliases(scalar("datediff(varchar, timestamptz, timestamptz) int8", datediff), "date_diff"),
  ...aliases(scalar("datediff(varchar, time, time) int8", datediff), "date_diff"),
  ...[...moments, "interval", "ym", "ds"].flatMap((type) => [
    ...aliases(scalar(`date_part(varchar, ${type}) float8`, datePart), "pgdate_part"),
    scalar(`extract(varchar, ${type}) int4`, extract, { result: extracted }),
  ]),
  scalar("date_trunc(varchar, timestamp) timestamp", truncated),
  scalar("date_trunc(varchar, date) timestamp", truncated),
  scalar("date_trunc(varchar, timestamptz) timestamptz", truncated),
  scalar("date_trunc(varchar, interval) interval", truncated),
  ...aliases(scalar("convert_timezone(varchar, timestamp) timestamp", convertTimezone)),
  scalar("convert_timezone(varchar, timestamptz) timestamp", convertTimezone),
  scalar("convert_timezone(varchar, varchar, timestamp) timestamp", convertTimezone),
  scalar("timezone(varchar, timestamp) timestamptz", atZone),
  scalar("timezone(varchar, timestamptz) timestamp", atZone),
  ...calendar,
  ...clocks,
  ...comparisons,
]);
