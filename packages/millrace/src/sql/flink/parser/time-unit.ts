import type { IntervalUnit, TimeUnit } from "../ast/data-type.ts";
import type { TokenStream } from "./token-stream.ts";

const UNITS: ReadonlySet<string> = new Set<TimeUnit>([
  "millennium",
  "century",
  "decade",
  "year",
  "quarter",
  "month",
  "week",
  "day",
  "hour",
  "minute",
  "second",
  "millisecond",
  "microsecond",
  "nanosecond",
  "epoch",
  "doy",
  "dow",
  "isodow",
  "isoyear",
]);

const SYNONYMS: Readonly<Record<string, TimeUnit>> = Object.freeze({
  dayofweek: "dow",
  dayofyear: "doy",
});

const unitOf = (word: string): TimeUnit | undefined => {
  const name = word.startsWith("sql_tsi_") ? word.slice(8) : word;
  return UNITS.has(name) ? (name as TimeUnit) : SYNONYMS[name];
};

/** A unit without more, as in EXTRACT and TIMESTAMPADD; undefined when none follows. */
function acceptTimeUnit(stream: TokenStream): TimeUnit | undefined {
  const unit = unitOf(stream.current.lexeme);
  if (unit !== undefined) {
    stream.next();
  }
  return unit;
}

/** @throws SqlError a syntax error */
export function parseTimeUnit(stream: TokenStream): TimeUnit {
  const unit = acceptTimeUnit(stream);
  if (unit === undefined) {
    throw stream.syntaxError("a unit of time such as DAY");
  }
  return unit;
}

const INTERVAL_UNITS: readonly TimeUnit[] = ["year", "month", "day", "hour", "minute", "second"];

/** YEAR, YEARS, ... */
function parseIntervalField(stream: TokenStream): TimeUnit {
  const word = stream.current.lexeme;
  const unit = unitOf(word.endsWith("s") ? word.slice(0, -1) : word);
  if (unit === undefined || !(INTERVAL_UNITS.includes(unit) || unit === "week" || unit === "quarter")) {
    throw stream.syntaxError("a unit of time such as DAY");
  }
  stream.next();
  return unit;
}

// unit [(precision [, fraction])] [TO unit [(fraction)]]
export function parseIntervalUnit(stream: TokenStream): IntervalUnit {
  const { start } = stream.current;
  const from = parseIntervalField(stream);
  let precision: number | undefined;
  let fraction: number | undefined;
  if (stream.accept("(")) {
    precision = stream.integer();
    fraction = from === "second" && stream.accept(",") ? stream.integer() : undefined;
    stream.expect(")");
  }
  let to: TimeUnit | undefined;
  if (stream.at("to")) {
    const { current } = stream;
    stream.expect("to");
    to = parseIntervalField(stream);
    const first = INTERVAL_UNITS.indexOf(from);
    const last = INTERVAL_UNITS.indexOf(to);
    if (first < 0 || last <= first || first < 2 !== last < 2) {
      throw stream.error("42601", `INTERVAL ${from} TO ${to} is no interval`.toUpperCase(), current.start);
    }
    if (to === "second" && stream.accept("(")) {
      fraction = stream.integer();
      stream.expect(")");
    }
  }
  return { from, precision, to, fraction, span: stream.spanFrom(start) };
}
