import type { Limits } from "../model/shape.ts";
import { compilePattern } from "./pattern.ts";

/** One constraint, with the text that AWS says when it is not met. */
export interface LimitCheck {
  allows(value: unknown): boolean;
  readonly text: string;
}

/** Messages beyond this many help nobody and would let a small request ask for a large answer. */
const maxFailures = 20;
const maxValueChars = 1024;

/** Collects the failures of one input. */
export class FailureSink {
  readonly failures: string[] = [];
  /** True when something inside a structure failed and not only a member of the input itself. */
  isNested = false;

  /** `value` undefined means that it is missing. */
  add(value: unknown, path: string, constraint: string): void {
    if (this.failures.length >= maxFailures) return;
    this.isNested ||= path.includes(".");
    const shown = value === undefined ? "null" : `'${printValue(value)}'`;
    this.failures.push(`Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`);
  }

  /** A sink for the elements of a collection, which are reported together. */
  inner(): InnerSink {
    return new InnerSink();
  }
}

class InnerSink extends FailureSink {
  readonly #constraints = new Set<string>();

  override add(_value: unknown, _path: string, constraint: string): void {
    this.#constraints.add(constraint);
  }

  report(outer: FailureSink | undefined, value: unknown, path: string, text: string): void {
    if (this.#constraints.size > 0)
      outer?.add(value, path, `${text}: [${[...this.#constraints].join(", ")}]`);
  }
}

/** The checks of a shape of some kind; for lists and maps they take the number of elements. */
export function limitChecks(kind: string, limits: Limits): readonly LimitCheck[] {
  const checks: LimitCheck[] = [];
  const { min, max, pattern } = limits;
  const word = isNumeric(kind) ? "value" : "length";
  const measure = measureOf(kind);
  if (max !== undefined) {
    const text = `Member must have ${word} less than or equal to ${max}`;
    checks.push({ allows: (value) => measure(value) <= max || surplusSurrogates(value, max), text });
  }
  if (min !== undefined && !(word === "length" && min === 0)) {
    const text = `Member must have ${word} greater than or equal to ${min}`;
    checks.push({ allows: (value) => measure(value) >= min, text });
  }
  if (pattern !== undefined) checks.push(patternCheck(pattern, max));
  if (limits.enum !== undefined) checks.push(enumCheck(limits.enum));
  return checks;
}

function patternCheck(pattern: string, maxChars: number | undefined): LimitCheck {
  let regex: RegExp | undefined;
  return {
    // A value that is too long has failed already and is not worth matching.
    allows: (value) => {
      regex ??= compilePattern(pattern);
      const text = String(value);
      return (maxChars !== undefined && text.length > maxChars * 2) || regex.test(text);
    },
    text: `Member must satisfy regular expression pattern: ${pattern}`,
  };
}

function enumCheck(values: readonly string[]): LimitCheck {
  const allowed = new Set<unknown>(values);
  return {
    allows: (value) => allowed.has(value),
    text: `Member must satisfy enum value set: [${values.join(", ")}]`,
  };
}

function measureOf(kind: string): (value: unknown) => number {
  if (kind === "string") return (value) => (value as string).length;
  if (kind === "blob") return (value) => blobLength(value);
  return (value) => Number(value);
}

/** A streaming blob has no length yet. */
function blobLength(value: unknown): number {
  return value instanceof Uint8Array ? value.length : 0;
}

/** Lengths count characters, so one outside the basic plane counts once. */
function surplusSurrogates(value: unknown, max: number): boolean {
  if (typeof value !== "string" || value.length > max * 2) return false;
  return [...value].length <= max;
}

function isNumeric(kind: string): boolean {
  return kind === "integer" || kind === "long" || kind === "float" || kind === "double";
}

/** Values as Java prints them, cut to a sensible length. */
function printValue(value: unknown): string {
  const text = printed(value, 0);
  return text.length > maxValueChars ? `${text.slice(0, maxValueChars)}...` : text;
}

function printed(value: unknown, depth: number): string {
  if (value instanceof Uint8Array)
    return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return String(value);
  if (depth > 3) return "...";
  if (Array.isArray(value)) {
    return `[${value
      .slice(0, 20)
      .map((item) => printed(item, depth + 1))
      .join(", ")}]`;
  }
  const entries = Object.entries(value).slice(0, 20);
  return `{${entries.map(([key, item]) => `${key}=${printed(item, depth + 1)}`).join(", ")}}`;
}
