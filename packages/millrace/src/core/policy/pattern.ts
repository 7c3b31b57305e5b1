// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import type { RequestContext } from "./request-context.ts";

/** A character code, or one of these two. */
const anyRun = -1;
const anyOne = -2;

interface Variable {
  readonly name: string;
  readonly fallback: string | undefined;
}

export interface PatternOptions {
  /** Policies of 2008 have no variables: "${...}" are characters there. */
  readonly variables: boolean;
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  readonly ignoreCase: boolean;
}

/**
 * A value in a policy: characters, `*` (any run, also an empty one), `?` (any one character) and variables.
 *
 * variable = "${" key [ ", " "'" default "'" ] "}" / "${*}" / "${?}" / "${$}"
 *
 * What a variable stands for is never a wildcard. Matching takes at most text times pattern steps.
 */
export class Pattern {
  /** As it stands in the policy. */
  readonly text: string;
  readonly #parts: readonly (number | Variable)[];
  readonly #constant: readonly number[] | undefined;
  readonly #options: PatternOptions;

  constructor(text: string, options: PatternOptions) {
    this.text = text;
    this.#options = options;
    this.#parts = parse(text, options);
    const constant = this.#parts.every((part) => typeof part === "number");
    this.#constant = constant ? (this.#parts as number[]) : undefined;
  }

  /** False, too, when a variable has no value and no default. */
  matches(text: string, context: RequestContext): boolean {
    const codes = this.#constant ?? this.#expand(context);
    if (codes === undefined) return false;
    return glob(codes, this.#options.ignoreCase ? text.toLowerCase() : text);
  }

  #expand(context: RequestContext): number[] | undefined {
    const codes: number[] = [];
    for (const part of this.#parts) {
      if (typeof part === "number") {
        codes.push(part);
        continue;
      }
      const value = context.variable(part.name) ?? part.fallback;
      if (value === undefined) return undefined;
      pushCodes(codes, this.#options.ignoreCase ? value.toLowerCase() : value);
    }
    return codes;
  }
}

function parse(text: string, options: PatternOptions): (number | Variable)[] {
  const parts: (number | Variable)[] = [];
  const source = options.ignoreCase && !options.variables ? text.toLowerCase() : text;
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? "";
    const end = options.variables && char === "$" && source[at + 1] === "{" ? source.indexOf("}", at) : -1;
    if (end > 0) {
      parts.push(variable(source.slice(at + 2, end)));
      at = end;
    } else if (options.wildcards && char === "*") {
      if (parts.at(-1) !== anyRun) parts.push(anyRun);
    } else if (options.wildcards && char === "?") parts.push(anyOne);
    else parts.push((options.ignoreCase ? char.toLowerCase() : char).charCodeAt(0));
  }
  return parts;
}

function variable(inside: string): number | Variable {
  if (inside === "*" || inside === "?" || inside === "$") return inside.charCodeAt(0);
  const withDefault = /^([^,]*),\s*'([^']*)'\s*$/.exec(inside);
  return { name: (withDefault?.[1] ?? inside).trim(), fallback: withDefault?.[2] };
}

function pushCodes(codes: number[], text: string): void {
  for (let at = 0; at < text.length; at++) codes.push(text.charCodeAt(at));
}

/** Walks text and pattern once, going back no further than to the last `*`. */
function glob(pattern: readonly number[], text: string): boolean {
  let patternAt = 0;
  let textAt = 0;
  let starAt = -1;
  let starText = 0;
  while (textAt < text.length) {
    const want = pattern[patternAt];
    if (want === anyRun) {
      starAt = patternAt++;
      starText = textAt;
    } else if (want === anyOne || want === text.charCodeAt(textAt)) {
      patternAt++;
      textAt++;
    } else if (starAt >= 0) {
      patternAt = starAt + 1;
      textAt = ++starText;
    } else return false;
  }
  while (pattern[patternAt] === anyRun) patternAt++;
  return patternAt === pattern.length;
}

const arnSegments = 6;

/**
 * An ARN with wildcards, matched part by part: `*` does not reach over a colon, except in the resource at
 * the end. An ARN that ends early has `*` for the rest.
 */
export class ArnPattern {
  /** As it stands in the policy. */
  readonly text: string;
  readonly #segments: readonly Pattern[];
  readonly #everything: boolean;

  constructor(text: string, variables: boolean) {
    this.text = text;
    this.#everything = text === "*";
    const options = { variables, wildcards: true, ignoreCase: false };
    const segments = splitArn(text);
    while (segments.length < arnSegments) segments.push("*");
    this.#segments = segments.map((segment) => new Pattern(segment, options));
  }

  matches(arn: string, context: RequestContext): boolean {
    if (this.#everything) return true;
    const segments = splitArn(arn);
    if (segments.length !== arnSegments) return false;
    return this.#segments.every((pattern, i) => pattern.matches(segments[i] ?? "", context));
  }
}

/** The six parts of an ARN; colons in the resource and inside "${...}" do not separate. */
export function splitArn(arn: string): string[] {
  const segments: string[] = [];
  let start = 0;
  for (let at = 0; at < arn.length && segments.length < arnSegments - 1; at++) {
    if (arn[at] === "$" && arn[at + 1] === "{") {
      const end = arn.indexOf("}", at);
      if (end > 0) at = end;
    } else if (arn[at] === ":") {
      segments.push(arn.slice(start, at));
      start = at + 1;
    }
  }
  segments.push(arn.slice(start));
  return segments;
}
