import { SqlError } from "../../../sql-error.ts";
import { scriptPattern } from "../posix-pattern.ts";
import { similarPattern } from "../similar-pattern.ts";
import { type EngineFunction, engineFunction } from "./engine-function.ts";

/** Compiled expressions that one instance of the engine keeps. */
const maxKeptPatterns = 256;
/** Expressions of JavaScript may go back and forth for ever; that would stop the whole process. */
const maxChunkMs = 2000;

type Compile = (pattern: string, flags: string) => RegExp;

/** Compiles once a pattern and flags; `i` any case. @throws SqlError 2201B */
function compiler(): Compile {
  const kept = new Map<string, RegExp>();
  return (pattern, flags) => {
    const key = `${flags}/${pattern}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= maxKeptPatterns) kept.clear();
    const regex = compiled(pattern, flags);
    kept.set(key, regex);
    return regex;
  };
}

function compiled(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(scriptPattern(pattern), flags.includes("i") ? "gisu" : "gsu");
  } catch {
    try {
      return new RegExp(scriptPattern(pattern), flags.includes("i") ? "gis" : "gs");
    } catch (cause) {
      throw new SqlError("2201B", `Invalid regular expression: ${pattern}`, { cause });
    }
  }
}

/** UTF-16 index of a character's number, from 1. */
function indexOfCharacter(text: string, number: number): number {
  let index = 0;
  for (let count = 1; count < number && index < text.length; count++) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

function* matches(regex: RegExp, text: string, position: number): Generator<RegExpExecArray> {
  if (position < 1) throw new SqlError("22023", "The position must be a positive integer.");
  regex.lastIndex = indexOfCharacter(text, position);
  while (regex.lastIndex <= text.length) {
    const match = regex.exec(text);
    if (match === null) return;
    if (match[0] === "") regex.lastIndex++;
    const next = regex.lastIndex;
    yield match;
    regex.lastIndex = next;
  }
}

function nth(regex: RegExp, text: string, position: number, occurrence: number): RegExpExecArray | undefined {
  let count = 0;
  for (const match of matches(regex, text, position)) if (++count === occurrence) return match;
  return undefined;
}

/** The group that the parameter `e` asks for: the first, or else the whole match. */
function chosen(match: RegExpExecArray, flags: string): string {
  return flags.includes("e") ? (match[1] ?? match[0]) : match[0];
}

/** `\1` and `$1` stand for groups, `$$` for a dollar. */
function replacement(template: string, match: RegExpExecArray, isPcre: boolean): string {
  const pattern = isPcre ? /\$(\d)|\\(\d)|\\(.)/g : /\\(\d)|\\(.)|\$(\d)/g;
  return template.replace(pattern, (whole, ...groups: (string | undefined)[]) => {
    const [first, second, third] = groups;
    const number = isPcre ? (first ?? second) : (first ?? third);
    if (number !== undefined) return match[Number(number)] ?? "";
    return (isPcre ? third : second) ?? whole;
  });
}

function replaced(regex: RegExp, text: string, template: string, position: number, flags: string): string {
  let result = "";
  let end = 0;
  for (const match of matches(regex, text, position)) {
    result += text.slice(end, match.index) + replacement(template, match, flags.includes("p"));
    end = match.index + match[0].length;
  }
  return result + text.slice(end);
}

function instr(compile: Compile): EngineFunction["run"] {
  const run = (
    text: string,
    pattern: string,
    position: number,
    occurrence: number,
    option: number,
    flags: string,
  ): number => {
    const match = nth(compile(pattern, flags), text, position, occurrence);
    if (match === undefined) return 0;
    const group = chosen(match, flags);
    const start = match.index + (flags.includes("e") ? match[0].indexOf(group) : 0);
    return [...text.slice(0, option === 1 ? start + group.length : start)].length + 1;
  };
  return run as EngineFunction["run"];
}

/** Functions of expressions that the engine's own cannot do; they keep what they compiled. */
export function regexFunctions(): readonly EngineFunction[] {
  return unboundedFunctions().map((definition) => ({ ...definition, maxChunkMs }));
}

function unboundedFunctions(): readonly EngineFunction[] {
  const compile = compiler();
  const test = (regex: RegExp, text: string): boolean => {
    regex.lastIndex = 0;
    return regex.test(text);
  };
  return [
    engineFunction(
      "regex_matches",
      ["VARCHAR", "VARCHAR", "VARCHAR"],
      "BOOLEAN",
      (text: string, pattern: string, flags: string) => test(compile(pattern, flags), text),
    ),
    engineFunction(
      "similar_to",
      ["VARCHAR", "VARCHAR", "VARCHAR"],
      "BOOLEAN",
      (text: string, pattern: string, escape_: string) =>
        test(compile(similarPattern(pattern, escape_), ""), text),
    ),
    engineFunction(
      "regexp_count",
      ["VARCHAR", "VARCHAR", "INTEGER", "VARCHAR"],
      "INTEGER",
      (text: string, pattern: string, position: number, flags: string) =>
        [...matches(compile(pattern, flags), text, position)].length,
    ),
    {
      name: "regexp_instr",
      parameters: ["VARCHAR", "VARCHAR", "INTEGER", "INTEGER", "INTEGER", "VARCHAR"],
      result: "INTEGER",
      run: instr(compile),
    },
    engineFunction(
      "regexp_substr",
      ["VARCHAR", "VARCHAR", "INTEGER", "INTEGER", "VARCHAR"],
      "VARCHAR",
      (text: string, pattern: string, position: number, occurrence: number, flags: string) => {
        const match = nth(compile(pattern, flags), text, position, occurrence);
        return match === undefined ? "" : chosen(match, flags);
      },
    ),
    engineFunction(
      "regexp_replace",
      ["VARCHAR", "VARCHAR", "VARCHAR", "INTEGER", "VARCHAR"],
      "VARCHAR",
      (text: string, pattern: string, template: string, position: number, flags: string) =>
        replaced(compile(pattern, flags), text, template, position, flags),
    ),
  ];
}
