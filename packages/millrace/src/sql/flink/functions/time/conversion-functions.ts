import { isNumeric } from "../../type-rules.ts";
import type { FlinkType } from "../../types.ts";
import { CallSiteCache } from "../call-site-cache.ts";
import { dropDigits } from "../decimal-rounding.ts";
import {
  bigintType,
  type CallSite,
  dateType,
  define,
  overloads,
  strict,
  stringType,
} from "../function-definition.ts";
import { bigint, date, int, text } from "../parameters.ts";
import {
  type EvaluationContext,
  EvaluationError,
  type ScalarCode,
  type ScalarFunction,
} from "../scalar-function.ts";
import { dateFormatter } from "./date-formatter.ts";
import { modernParser } from "./date-parser.ts";
import { dateOfText, timestampOfAnyText, timestampOfText } from "./default-date-texts.ts";
import { legacyParser } from "./legacy-date-parser.ts";
import { overLocalTime, SessionZone } from "./session-zone.ts";
import { dayMs } from "./time-units.ts";
import { fromLocal, toLocal } from "./time-zone.ts";

const defaultPattern = "yyyy-MM-dd HH:mm:ss";
const local: FlinkType = Object.freeze({ kind: "timestamp", precision: 3, nullable: true });
const instant: FlinkType = Object.freeze({ kind: "timestamp_ltz", precision: 3, nullable: true });

/** Beyond these the times of a TIMESTAMP would have more than four digits in their years. */
const minMs = -62_167_219_200_000;
const maxMs = 253_402_300_799_999;

/** Java's Long.MIN_VALUE: what UNIX_TIMESTAMP says of a text that is no time. */
const noTime = -9_223_372_036_854_775_808n;

/** Times from and to texts and numbers. */
export const conversionFunctions: readonly ScalarFunction[] = Object.freeze([
  overloads("date_format", [
    { parameters: [timestamp, text], result: stringType, code: formatTimestamp },
    { parameters: [date, text], result: stringType, code: formatDate },
    { parameters: [text, text], result: stringType, mayBeNull: true, code: formatText },
  ]),
  overloads("to_timestamp", [
    {
      parameters: [text],
      result: local,
      mayBeNull: true,
      code: strict((s: string) => timestampOfText(s, 3) ?? null),
    },
    { parameters: [text, text], result: local, mayBeNull: true, code: parseTimestamp },
  ]),
  overloads("to_date", [
    {
      parameters: [text],
      result: dateType,
      mayBeNull: true,
      code: strict((s: string) => dateOfText(s) ?? null),
    },
    { parameters: [text, text], result: dateType, mayBeNull: true, code: parseDate },
  ]),
  overloads("to_timestamp_ltz", [
    {
      parameters: [number, int],
      optional: 1,
      result: instantOfPrecision,
      mayBeNull: true,
      code: instantOfNumber,
    },
    { parameters: [text, text, text], optional: 2, result: instant, mayBeNull: true, code: instantOfText },
  ]),
  define({
    name: "from_unixtime",
    parameters: [bigint, text],
    optional: 1,
    result: stringType,
    code: fromUnixTime,
  }),
  overloads("unix_timestamp", [
    {
      parameters: [],
      result: bigintType,
      isVolatile: true,
      code: { kind: "context", call: ({ nowMs }: EvaluationContext) => Math.floor(nowMs / 1000) },
    },
    { parameters: [text, text], optional: 1, result: bigintType, code: unixTimestamp },
  ]),
  define({
    name: "convert_tz",
    parameters: [text, text, text],
    result: stringType,
    mayBeNull: true,
    code: convertTz,
  }),
]);

function timestamp(type: FlinkType): FlinkType | undefined {
  return type.kind === "timestamp" || type.kind === "timestamp_ltz" ? type : undefined;
}

function number(type: FlinkType): FlinkType | undefined {
  return isNumeric(type) ? type : undefined;
}

function formatTimestamp({ types, literals }: CallSite): ScalarCode {
  const formats = new CallSiteCache((pattern) => dateFormatter(pattern, "modern"), literals[1]);
  return overLocalTime(types[0], (ms: number, pattern: string) => formats.get(pattern)(ms, 0));
}

function formatDate({ literals }: CallSite): ScalarCode {
  const formats = new CallSiteCache((pattern) => dateFormatter(pattern, "legacy"), literals[1]);
  return strict((days: number, pattern: string) => formats.get(pattern)(days * dayMs, 0));
}

/** A text in the default form, as a text in another form. */
function formatText({ literals }: CallSite): ScalarCode {
  const { zones, named } = zonesOfCall();
  const parse = legacyParser(defaultPattern, zones);
  const formats = new CallSiteCache((pattern) => dateFormatter(pattern, "legacy"), literals[1]);
  const utc = named("UTC");
  return strict((value: string, pattern: string) => {
    const ms = parse(value, utc);
    return ms === undefined ? null : formats.get(pattern)(ms, 0);
  });
}

function zonesOfCall(): { readonly zones: SessionZone["zones"]; readonly named: SessionZone["named"] } {
  const session = new SessionZone();
  return { zones: session.zones, named: (name) => session.named(name) };
}

/** What the pattern does not match is tried in the default form, as in Flink. */
function parseTimestamp({ literals }: CallSite): ScalarCode {
  const parsers = new CallSiteCache(modernParser, literals[1]);
  return strict(
    (value: string, pattern: string) => parsers.get(pattern)(value) ?? timestampOfAnyText(value) ?? null,
  );
}

function parseDate({ literals }: CallSite): ScalarCode {
  const { zones, named } = zonesOfCall();
  const parsers = new CallSiteCache((pattern) => legacyParser(pattern, zones), literals[1]);
  const utc = named("UTC");
  return strict((value: string, pattern: string) => {
    const ms = parsers.get(pattern)(value, utc);
    return ms === undefined ? null : Math.floor(ms / dayMs);
  });
}

/** The number is of seconds with precision 0, of milliseconds with 3. Other precisions are there in no Flink. */
function instantOfPrecision(
  _types: readonly FlinkType[],
  literals: readonly unknown[],
): FlinkType | undefined {
  if (literals.length < 2 || literals[1] === undefined) return instant;
  const precision = Number(literals[1]);
  return precision === 0 || precision === 3 ? instant : undefined;
}

function instantOfNumber({ types: [type] }: CallSite): ScalarCode {
  const scale = type?.kind === "decimal" ? type.scale : 0;
  return strict((value: number | bigint, precision = 3) => {
    if (precision !== 0 && precision !== 3) {
      throw new EvaluationError(`TO_TIMESTAMP_LTZ takes the precision 0 or 3, not ${precision}`);
    }
    const epoch = typeof value === "bigint" ? Number(dropDigits(value, scale, "down")) : value;
    const ms = Math.trunc(precision === 0 ? epoch * 1000 : epoch);
    return ms >= minMs && ms <= maxMs ? ms : null;
  });
}

function instantOfText({ literals }: CallSite): ScalarCode {
  const { named } = zonesOfCall();
  const parsers = new CallSiteCache(modernParser, literals[1]);
  return strict((value: string, pattern?: string, zone = "UTC") => {
    const ms = pattern === undefined ? timestampOfText(value, 3) : parsers.get(pattern)(value);
    return ms === undefined ? null : fromLocal(ms, named(zone));
  });
}

function fromUnixTime({ types, literals }: CallSite): ScalarCode {
  const session = new SessionZone();
  const formats = new CallSiteCache(
    (pattern) => dateFormatter(pattern, "legacy"),
    types.length < 2 ? defaultPattern : literals[1],
  );
  return {
    kind: "context",
    call(
      context: EvaluationContext,
      seconds: number | bigint | null,
      pattern: string | null = defaultPattern,
    ) {
      if (seconds === null || pattern === null) return null;
      const ms = Number(seconds) * 1000;
      const offset = session.of(context).offsetAt(ms);
      return formats.get(pattern)(ms + offset, offset);
    },
  };
}

function unixTimestamp({ types, literals }: CallSite): ScalarCode {
  const session = new SessionZone();
  const parsers = new CallSiteCache(
    (pattern) => legacyParser(pattern, session.zones),
    types.length < 2 ? defaultPattern : literals[1],
  );
  return {
    kind: "context",
    call(context: EvaluationContext, value: string | null, pattern: string | null = defaultPattern) {
      if (value === null || pattern === null) return null;
      const ms = parsers.get(pattern)(value, session.of(context));
      return ms === undefined ? noTime : Math.trunc(ms / 1000);
    },
  };
}

function convertTz(): ScalarCode {
  const { zones, named } = zonesOfCall();
  const parse = legacyParser(defaultPattern, zones);
  const format = dateFormatter(defaultPattern, "legacy");
  return strict((value: string, from: string, to: string) => {
    const ms = parse(value, named(from));
    const zone = named(to);
    return ms === undefined ? null : format(toLocal(ms, zone), zone.offsetAt(ms));
  });
}
