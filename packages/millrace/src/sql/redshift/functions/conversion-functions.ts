import { SqlError } from "../../sql-error.ts";
import { numeric } from "../numeric-rules.ts";
import { engineType } from "../type-text.ts";
import { cast, quoted, script } from "./engine-text.ts";
import { type FunctionEntry, type PrintInput, scalar } from "./function-entry.ts";
import { parseNumberFormat } from "./scripts/number-format.ts";

/** Fields whose text the engine's strftime writes in the same way. */
const strftimeFields: Readonly<Record<string, string>> = Object.freeze({
  YYYY: "%Y",
  MM: "%m",
  DD: "%d",
  HH24: "%H",
  MI: "%M",
  SS: "%S",
});

/** A format of common fields and separators, for the engine; undefined for any other. */
function strftimeFormat(format: string | null | undefined): string | undefined {
  if (typeof format !== "string") return undefined;
  const tokens = format.match(/Y+|MI|M+|D+|HH24|S+|[-/:. ]|[\s\S]/g) ?? [];
  let result = "";
  for (const token of tokens) {
    const field = strftimeFields[token];
    if (field === undefined && !/^[-/:. ]$/.test(token)) return undefined;
    result += field ?? token;
  }
  return result;
}

/** Years before 1000 and behind 9999 are left to our own function, which pads them. */
function formatTimestamp([x = "", format = ""]: readonly string[], { constants, types }: PrintInput): string {
  const engine = strftimeFormat(constants[1]);
  const zoned = types[0]?.name === "timestamptz";
  if (engine !== undefined && !zoned) return `strftime(${x}, ${quoted(engine)})`;
  const local = zoned ? cast(x, "TIMESTAMP") : x;
  const zone = zoned ? `strftime(${x}, '%Z')` : "'UTC'";
  return script("format_time", `epoch_us(${local})`, zone, zoned ? `strftime(${x}, '%z')` : "'+00'", format);
}

function formatNumber([x = "", format = ""]: readonly string[]): string {
  return script("format_number", cast(x, "VARCHAR"), format);
}

function parseTimestamp(result: string): (texts: readonly string[]) => string {
  return ([x = "", format = "", strict = "false"]) =>
    cast(`make_timestamp(${script("parse_time_by", x, format, strict)})`, result);
}

function numberFormat(constant: string | null | undefined): ReturnType<typeof parseNumberFormat> {
  if (typeof constant !== "string") throw new SqlError("0A000", "The format of TO_NUMBER must be a literal.");
  return parseNumberFormat(constant);
}

function toHex(width: "INTEGER" | "BIGINT"): (texts: readonly string[]) => string {
  return ([x]) =>
    width === "BIGINT"
      ? `lower(to_hex(CAST(${x} AS BIGINT)))`
      : `lower(to_hex(CAST(${x} AS BIGINT) & 4294967295))`;
}

/** The basis that FNV_HASH begins with, as a signed number. */
const seedText = "CAST('-3750763034362895579' AS BIGINT)";

/** TO_CHAR, TO_DATE and the like. */
export const conversionFunctions: readonly FunctionEntry[] = Object.freeze([
  scalar("to_char(timestamp, varchar) varchar", formatTimestamp),
  scalar("to_char(date, varchar) varchar", ([x = "", format = ""], input) =>
    formatTimestamp([cast(x, "TIMESTAMP"), format], input),
  ),
  scalar("to_char(timestamptz, varchar) varchar", formatTimestamp),
  ...["int2", "int4", "int8", "numeric"].map((type) =>
    scalar(`to_char(${type}, varchar) varchar`, formatNumber),
  ),
  scalar("to_char(float8, varchar) varchar", ([x = "", format = ""]) =>
    script("format_number", cast(cast(x, "DECIMAL(38,15)"), "VARCHAR"), format),
  ),
  scalar("to_date(varchar, varchar; bool) date", parseTimestamp("DATE")),
  scalar("to_timestamp(varchar, varchar; bool) timestamptz", parseTimestamp("TIMESTAMPTZ")),
  scalar(
    "to_number(varchar, varchar) numeric",
    ([x = "", format = ""], { type }) => cast(script("parse_number_by", x, format), engineType(type)),
    {
      result: (_, constants) => {
        const { whole, fraction } = numberFormat(constants[1]);
        return numeric(Math.min(38, Math.max(1, whole + fraction)), Math.min(fraction, 37));
      },
    },
  ),
  scalar("to_hex(int4) varchar", toHex("INTEGER")),
  scalar("to_hex(int8) varchar", toHex("BIGINT")),
  scalar("to_hex(varbyte) varchar", ([x]) => `lower(hex(${x}))`),
  scalar("from_hex(varchar) varbyte", ([x = ""]) => script("from_hex", x)),
  scalar("to_varbyte(varchar, varchar) varbyte", ([x = "", format = ""]) => script("to_varbyte", x, format)),
  scalar("from_varbyte(varbyte, varchar) varchar", ([x = "", format = ""]) =>
    script("from_varbyte", x, format),
  ),
  ...["getbit", "get_bit"].map((name) =>
    scalar(`${name}(varbyte, int4) int4`, ([x = "", index = ""]) => script("getbit", x, index)),
  ),
  scalar("md5(varchar) varchar", ([x]) => `md5(${x})`, {
    result: () => ({ name: "character varying", length: 32 }),
  }),
  ...["sha", "sha1", "func_sha1"].map((name) => scalar(`${name}(varchar) varchar`, ([x]) => `sha1(${x})`)),
  scalar("sha2(varchar, int4) varchar", ([x = "", bits = ""]) => script("sha2", x, bits)),
  scalar("crc32(varchar) int8", ([x = ""]) => script("crc32", x)),
  scalar("fnv_hash(varchar; int8) int8", ([x = "", seed = seedText]) => script("fnv_text", x, seed)),
  ...(
    [
      ["int2", 2],
      ["int4", 4],
      ["int8", 8],
    ] as const
  ).map(([type, width]) =>
    scalar(`fnv_hash(${type}; int8) int8`, ([x = "", seed = seedText]) =>
      script("fnv_integer", cast(x, "BIGINT"), String(width), seed),
    ),
  ),
  scalar("fnv_hash(varbyte; int8) int8", ([x = "", seed = seedText]) => script("fnv_bytes", x, seed)),
  scalar("murmur3_32_hash(varchar; int4) int4", ([x = "", seed = "0"]) =>
    script("murmur3", `encode(${x})`, seed),
  ),
  scalar("murmur3_32_hash(varbyte; int4) int4", ([x = "", seed = "0"]) => script("murmur3", x, seed)),
]);
