import type { FlinkType } from "../../types.ts";
import { CallSiteCache } from "../call-site-cache.ts";
import { booleanType, type CallSite, define, intType, strict, stringType } from "../function-definition.ts";
import { int, text } from "../parameters.ts";
import type { ScalarCode, ScalarFunction } from "../scalar-function.ts";
import { checkLength } from "../text-functions.ts";
import { type CompiledPattern, compileJavaPattern } from "./compiled-pattern.ts";

const strings: FlinkType = Object.freeze({
  kind: "array",
  element: { ...stringType, nullable: true },
  nullable: false,
});

/** Functions with Java's regular expressions. What is none answers NULL, and FALSE from REGEXP, as in Flink. */
export const regexpFunctions: readonly ScalarFunction[] = Object.freeze([
  define({
    name: "regexp",
    parameters: [text, text],
    result: booleanType,
    code: (site) =>
      over(site, (s, pattern, source) => source !== "" && pattern !== undefined && pattern.test(s)),
  }),
  define({
    name: "regexp_extract",
    parameters: [text, text, int],
    optional: 1,
    result: stringType,
    mayBeNull: true,
    code: (site) => over(site, extract),
  }),
  define({
    name: "regexp_extract_all",
    parameters: [text, text, int],
    optional: 1,
    result: strings,
    mayBeNull: true,
    code: (site) => over(site, extractAll),
  }),
  define({
    name: "regexp_count",
    parameters: [text, text],
    result: intType,
    mayBeNull: true,
    code: (site) => over(site, (s, pattern) => pattern?.all(s).length ?? null),
  }),
  define({
    name: "regexp_instr",
    parameters: [text, text],
    result: intType,
    mayBeNull: true,
    code: (site) =>
      over(site, (s, pattern) => (pattern === undefined ? null : (pattern.exec(s)?.index ?? -1) + 1)),
  }),
  define({
    name: "regexp_substr",
    parameters: [text, text],
    result: stringType,
    mayBeNull: true,
    code: (site) => over(site, (s, pattern) => pattern?.exec(s)?.[0] ?? null),
  }),
  define({
    name: "regexp_replace",
    parameters: [text, text, text],
    result: stringType,
    mayBeNull: true,
    code: replaceCode,
  }),
  define({
    name: "str_to_map",
    parameters: [text, text, text],
    optional: 2,
    result: {
      kind: "map",
      key: { ...stringType, nullable: true },
      value: { ...stringType, nullable: true },
      nullable: false,
    },
    code: mapCode,
  }),
]);

type Compiled = { readonly pattern: CompiledPattern | undefined };

function patterns(literal: unknown): CallSiteCache<Compiled> {
  return new CallSiteCache((source) => ({ pattern: compileJavaPattern(source) }), literal);
}

/** A function of a text, a pattern and a number. */
function over(
  { literals }: CallSite,
  call: (
    s: string,
    pattern: CompiledPattern | undefined,
    source: string,
    group: number | undefined,
  ) => unknown,
): ScalarCode {
  const compiled = patterns(literals[1]);
  return strict((s: string, source: string, group?: number) =>
    call(s, compiled.get(source).pattern, source, group),
  );
}

function extract(s: string, pattern: CompiledPattern | undefined, _source: string, group = 0): string | null {
  if (pattern === undefined || group < 0 || group > pattern.groupCount) return null;
  const match = pattern.exec(s);
  return match === undefined ? null : pattern.group(match, group);
}

/** The first group when none is told. */
function extractAll(
  s: string,
  pattern: CompiledPattern | undefined,
  _source: string,
  group = 1,
): readonly (string | null)[] | null {
  if (pattern === undefined || group < 0 || group > pattern.groupCount) return null;
  return pattern.all(s).map((match) => pattern.group(match, group));
}

function replaceCode({ literals }: CallSite): ScalarCode {
  const compiled = patterns(literals[1]);
  return strict((s: string, source: string, by: string) => {
    const result = compiled.get(source).pattern?.replaceAll(s, by) ?? null;
    if (result !== null) checkLength(result.length);
    return result;
  });
}

/** Both delimiters are regular expressions. Empty pairs at the end do not count, as in Java's split. */
function mapCode({ types, literals }: CallSite): ScalarCode {
  const between = patterns(types.length < 2 ? "," : literals[1]);
  const within = patterns(types.length < 3 ? "=" : literals[2]);
  return strict((s: string, pairs = ",", keys = "=") => {
    const result = new Map<string, string | null>();
    if (s === "") return result;
    for (const pair of split(s, between.get(pairs).pattern)) {
      const match = within.get(keys).pattern?.exec(pair);
      if (match === undefined || (match.index === 0 && match[0] === "")) result.set(pair, null);
      else result.set(pair.slice(0, match.index), pair.slice(match.index + match[0].length));
    }
    return result;
  });
}

function split(s: string, pattern: CompiledPattern | undefined): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (const match of pattern?.all(s) ?? []) {
    const end = match.index + match[0].length;
    // An empty match at the beginning splits nothing off.
    if (end === 0 || (match[0] === "" && match.index === s.length)) continue;
    parts.push(s.slice(start, match.index));
    start = end;
  }
  parts.push(s.slice(start));
  while (parts.length > 1 && parts.at(-1) === "") parts.pop();
  return parts;
}
