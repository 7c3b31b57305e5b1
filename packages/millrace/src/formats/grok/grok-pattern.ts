import { type PrimitiveName, primitive, type StructField } from "../schema/hive-type.ts";
import { grokPatterns } from "./grok-patterns.ts";
import { toJavaScript } from "./grok-syntax.ts";

/** The expression of a pattern with all names resolved; a custom pattern can name others many times over. */
const maxExpressionCharacters = 64 * 1024;

/** Patterns that name patterns that name patterns. */
const maxDepth = 32;

/** Fields of one pattern. */
const maxFields = 1_000;

/** Data types a field can be cast to (Glue Developer Guide, "Writing grok custom classifiers"). */
const casts: ReadonlyMap<string, PrimitiveName> = new Map<string, PrimitiveName>([
  ["byte", "tinyint"],
  ["boolean", "boolean"],
  ["double", "double"],
  ["short", "smallint"],
  ["int", "int"],
  ["integer", "int"],
  ["long", "bigint"],
  ["float", "float"],
  ["string", "string"],
]);

/** A pattern that is ready to match whole lines. */
export interface GrokPattern {
  readonly expression: RegExp;
  /** A column for each name, in the order of the pattern. */
  readonly columns: readonly StructField[];
}

/** `%{NAME}`, `%{NAME:field}` or `%{NAME:field:type}`; Java's Grok takes `;` before the type as well. */
const reference = /%\{\s*([A-Za-z0-9_]+)\s*(?::\s*([^:;{}]+?)\s*(?:[:;]\s*([A-Za-z]+)[^{}]*)?)?\}/g;

/** What names a value that is thrown away. */
const unwanted = "UNWANTED";

/** Custom patterns: a name and an expression in each line; lines of `#` are comments. */
function parseCustomPatterns(text: string): ReadonlyMap<string, string> | string {
  const patterns = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const match = /^\s*([A-Za-z0-9_]+)\s+(\S.*)$/.exec(line);
    if (match === null) return `"${line.slice(0, 100)}" is not a name and a pattern`;
    patterns.set(match[1] ?? "", match[2] ?? "");
  }
  return patterns;
}

/** What the group of a field is called in an expression with groups, by the place of its column. */
export const groupPrefix = "millrace";

/**
 * Compiles a pattern, or says why it cannot be. Lines match as a whole, but for white space around.
 * @param groups `fields`: the expression has a group for each field
 */
export function compileGrok(
  pattern: string,
  customPatterns: string | undefined,
  groups: "none" | "fields" = "none",
): GrokPattern | string {
  const custom = parseCustomPatterns(customPatterns ?? "");
  if (typeof custom === "string") return `the custom patterns are wrong: ${custom}`;
  const compiler = new Compiler(custom, groups === "fields");
  try {
    const source = compiler.expand(pattern, 0);
    const { columns } = compiler;
    if (columns.length === 0) return "the pattern names no fields";
    return { expression: new RegExp(`^(?:${source})\\s*$`), columns };
  } catch (error) {
    if (error instanceof PatternProblem) return error.message;
    if (error instanceof SyntaxError) return `the pattern is no regular expression: ${error.message}`;
    throw error;
  }
}

class PatternProblem extends Error {}

class Compiler {
  readonly #custom: ReadonlyMap<string, string>;
  readonly #fields = new Map<string, StructField>();
  readonly #groups: boolean;
  #characters = 0;

  constructor(custom: ReadonlyMap<string, string>, groups: boolean) {
    this.#custom = custom;
    this.#groups = groups;
  }

  get columns(): readonly StructField[] {
    return [...this.#fields.values()];
  }

  expand(pattern: string, depth: number): string {
    if (depth > maxDepth)
      throw new PatternProblem(`patterns name each other deeper than ${maxDepth}, or in a circle`);
    let output = "";
    let from = 0;
    for (const match of pattern.matchAll(reference)) {
      output += this.#plain(pattern.slice(from, match.index));
      output += this.#named(match[1] ?? "", match[2], match[3], depth);
      from = match.index + match[0].length;
    }
    return output + this.#plain(pattern.slice(from));
  }

  #named(name: string, field: string | undefined, cast: string | undefined, depth: number): string {
    const definition =
      this.#custom.get(name) ?? (Object.hasOwn(grokPatterns, name) ? grokPatterns[name] : undefined);
    if (definition === undefined) throw new PatternProblem(`there is no pattern ${name}`);
    const open = field === undefined || field === unwanted ? "(?:" : this.#openField(field, cast);
    // A flag such as (?i) holds to the end of its group, so each pattern is a group of its own.
    return `${open}${this.expand(definition, depth + 1)})`;
  }

  /** How the group of a field begins. A name that comes again has the values of its first group. */
  #openField(field: string, cast: string | undefined): string {
    const place = this.#fields.size;
    this.#addField(field, cast);
    const isNew = this.#fields.size > place;
    return this.#groups && isNew ? `(?<${groupPrefix}${place}>` : "(?:";
  }

  /** Groups of the pattern's own, `(?<name>...)`, are fields as well. */
  #plain(text: string): string {
    this.#characters += text.length;
    if (this.#characters > maxExpressionCharacters) {
      throw new PatternProblem(`the pattern is longer than ${maxExpressionCharacters} characters`);
    }
    return toJavaScript(
      text.replace(/\(\?<([A-Za-z_][^>=!]*)>/g, (_group, name: string) => {
        return this.#openField(name, undefined);
      }),
    );
  }

  #addField(name: string, cast: string | undefined): void {
    const type = cast === undefined ? "string" : casts.get(cast.toLowerCase());
    if (type === undefined)
      throw new PatternProblem(`${name} has the type ${cast}, which Glue does not know`);
    const key = name.toLowerCase();
    if (this.#fields.has(key)) return;
    if (this.#fields.size === maxFields) throw new PatternProblem(`there are more than ${maxFields} fields`);
    this.#fields.set(key, { name: key, type: primitive(type) });
  }
}
