import type { SqlType } from "../types.ts";
import { cast, macro, quoted, script } from "./engine-text.ts";
import { aliases, type EntryOptions, type FunctionEntry, type PrintInput, scalar } from "./function-entry.ts";
import { enginePattern } from "./posix-pattern.ts";
import { concatenate } from "./text-operators.ts";

const sameType: EntryOptions = Object.freeze({
  result: ([type]: readonly SqlType[]): SqlType =>
    type?.length === undefined
      ? { name: "character varying" }
      : { name: "character varying", length: type.length },
});

const integer = (sql: string): string => cast(sql, "INTEGER");

/** A place from 1 to count; a constant needs no look at run time. */
function positive(sql: string, constant: string | null | undefined): string {
  return typeof constant === "string" && Number(constant) >= 1 ? sql : `greatest(${sql}, 1)`;
}

/** Characters before the first place count, as in PostgreSQL: `substring('abc', 0, 2)` is `a`. */
function substring([x = "", start = "", length]: readonly string[], { constants }: PrintInput): string {
  const from = positive(start, constants[1]);
  if (length === undefined) return `substring(${x}, ${from})`;
  const plain = from === start && typeof constants[2] === "string" && Number(constants[2]) >= 0;
  return plain ? `substring(${x}, ${start}, ${length})` : macro("substring_of", x, start, length);
}

function trim(name: "ltrim" | "rtrim" | "trim"): (texts: readonly string[]) => string {
  return ([x, characters = "' '"]) => `${name}(${x}, ${characters})`;
}

/** Characters that a literal may ask for without a look at run time. */
const maxPlainLength = 65_535;

function pad(side: "lpad" | "rpad"): (texts: readonly string[], input: PrintInput) => string {
  return ([x = "", length = "", fill = "' '"], { constants }) => {
    const fills = constants.length < 3 || (typeof constants[2] === "string" && constants[2] !== "");
    const isPlain =
      fills && Number(constants[1] ?? Number.NaN) >= 0 && Number(constants[1]) <= maxPlainLength;
    return isPlain ? `${side}(${x}, ${length}, ${fill})` : macro(`${side}_of`, x, length, fill);
  };
}

const strings: readonly FunctionEntry[] = [
  ...aliases(
    scalar("len(varchar) int4", ([x]) => integer(`length(${x})`)),
    ...["length", "char_length", "character_length", "textlen"],
  ),
  ...aliases(
    scalar("len(varbyte) int4", ([x]) => integer(`octet_length(${x})`)),
    "length",
    "octet_length",
  ),
  scalar("octet_length(varchar) int4", ([x]) => integer(`strlen(${x})`)),
  scalar("upper(varchar) varchar", ([x]) => `upper(${x})`, sameType),
  scalar("lower(varchar) varchar", ([x]) => `lower(${x})`, sameType),
  scalar("initcap(varchar) varchar", ([x = ""]) => script("initcap", x), sameType),
  ...aliases(scalar("substring(varchar, int4; int4) varchar", substring, sameType), "substr"),
  ...aliases(
    scalar("substring(varbyte, int4; int4) varbyte", ([x = "", start = "", length = "2147483647"]) =>
      script("varbyte_substring", x, start, length === "2147483647" ? integer(`octet_length(${x})`) : length),
    ),
    "substr",
  ),
  scalar("left(varchar, int4) varchar", ([x, n]) => `left(${x}, ${n})`, sameType),
  scalar("right(varchar, int4) varchar", ([x, n]) => `right(${x}, ${n})`, sameType),
  scalar("ltrim(varchar; varchar) varchar", trim("ltrim"), sameType),
  scalar("rtrim(varchar; varchar) varchar", trim("rtrim"), sameType),
  ...aliases(scalar("btrim(varchar; varchar) varchar", trim("trim"), sameType), "trim"),
  scalar("lpad(varchar, int4; varchar) varchar", pad("lpad")),
  scalar("rpad(varchar, int4; varchar) varchar", pad("rpad")),
  scalar("replace(varchar, varchar, varchar) varchar", ([x, from, to]) => `replace(${x}, ${from}, ${to})`),
  scalar("translate(varchar, varchar, varchar) varchar", (texts) => script("translate", ...texts)),
  scalar("reverse(varchar) varchar", ([x]) => `reverse(${x})`, sameType),
  ...aliases(
    scalar("repeat(varchar, int4) varchar", ([x = "", n = ""]) => macro("repeat_of", x, n)),
    "replicate",
  ),
  scalar("concat(varchar, varchar) varchar", concatenate),
  scalar("concat(varbyte, varbyte) varbyte", concatenate),
  scalar("charindex(varchar, varchar) int4", ([part, x]) => integer(`strpos(${x}, ${part})`)),
  ...aliases(
    scalar("strpos(varchar, varchar) int4", ([x, part]) => integer(`strpos(${x}, ${part})`)),
    "position",
  ),
  scalar("octetindex(varchar, varchar) int4", ([part = "", x = ""]) => macro("octetindex", part, x)),
  scalar("ascii(varchar) int4", ([x]) => integer(`CASE WHEN ${x} = '' THEN 0 ELSE unicode(${x}) END`)),
  scalar("chr(int4) varchar", ([n]) => `chr(${n})`),
  scalar("split_part(varchar, varchar, int4) varchar", splitPart),
  scalar("quote_ident(varchar) varchar", ([x = ""]) => script("quote_ident", x)),
  scalar("quote_literal(varchar) varchar", ([x = ""]) => script("quote_literal", x)),
  scalar("soundex(varchar) varchar", ([x = ""]) => script("soundex", x), {
    result: () => ({ name: "character varying", length: 4 }),
  }),
  scalar("difference(varchar, varchar) int4", ([a = "", b = ""]) => script("difference", a, b)),
  scalar("strtol(varchar, int4) int8", ([x = "", base = ""]) => script("strtol", x, base)),
  scalar("bpcharcmp(varchar, varchar) int4", ([a = "", b = ""]) =>
    macro("order_of", `rtrim(${a}, ' ')`, `rtrim(${b}, ' ')`),
  ),
  scalar("bttext_pattern_cmp(varchar, varchar) int4", ([a = "", b = ""]) => macro("order_of", a, b)),
];

function splitPart(
  [x = "", delimiter = "", part = ""]: readonly string[],
  { constants }: PrintInput,
): string {
  const plain = typeof constants[2] === "string" && Number(constants[2]) >= 1;
  return plain ? `split_part(${x}, ${delimiter}, ${part})` : macro("split_part_of", x, delimiter, part);
}

interface RegexArguments {
  readonly engine: string | undefined;
  readonly flags: string;
}

/** A literal pattern with literal parameters may be the engine's; flags as it writes them. */
function engineRegex({ constants }: PrintInput, pattern: number, parameters: number): RegexArguments {
  const text = constants[pattern];
  const letters = parameters < constants.length ? constants[parameters] : "";
  if (typeof text !== "string" || typeof letters !== "string" || /[^cig]/.test(letters)) {
    return { engine: undefined, flags: "" };
  }
  return { engine: enginePattern(text, "posix"), flags: letters.includes("i") ? "is" : "s" };
}

function regexpReplace(texts: readonly string[], input: PrintInput): string {
  const [x = "", pattern = "", to = "''", position = "1", parameters = "''"] = texts;
  const { engine, flags } = engineRegex(input, 1, 4);
  const replacement = texts.length < 3 ? "" : input.constants[2];
  const plain = typeof replacement === "string" && !/[\\$]/.test(replacement);
  const first = texts.length < 4 || input.constants[3] === "1";
  if (engine !== undefined && plain && first)
    return `regexp_replace(${x}, ${quoted(engine)}, ${to}, '${flags}g')`;
  return script("regexp_replace", x, pattern, to, `greatest(${position}, 1)`, parameters);
}

function regexpSubstr(texts: readonly string[], input: PrintInput): string {
  const [x = "", pattern = "", position = "1", occurrence = "1", parameters = "''"] = texts;
  const { engine, flags } = engineRegex(input, 1, 4);
  if (engine !== undefined && texts.length === 2)
    return `regexp_extract(${x}, ${quoted(engine)}, 0, '${flags}')`;
  return script("regexp_substr", x, pattern, position, occurrence, parameters);
}

const regexes: readonly FunctionEntry[] = [
  scalar("regexp_replace(varchar, varchar; varchar, int4, varchar) varchar", regexpReplace),
  scalar("regexp_substr(varchar, varchar; int4, int4, varchar) varchar", regexpSubstr),
  scalar(
    "regexp_count(varchar, varchar; int4, varchar) int4",
    ([x = "", pattern = "", position = "1", flags = "''"]) =>
      script("regexp_count", x, pattern, position, flags),
  ),
  scalar(
    "regexp_instr(varchar, varchar; int4, int4, int4, varchar) int4",
    ([x = "", pattern = "", position = "1", occurrence = "1", option = "0", flags = "''"]) =>
      script("regexp_instr", x, pattern, position, occurrence, option, flags),
  ),
];

/** Functions of texts. */
export const textFunctions: readonly FunctionEntry[] = Object.freeze([...strings, ...regexes]);
