import { SqlError } from "../../../sql-error.ts";
import { type TranslatedPattern, translateJavaPattern } from "./java-pattern.ts";
import { Refusal, UnknownPattern } from "./pattern-errors.ts";
import { TimeLimit } from "./time-limit.ts";

/** Texts up to this length are matched without a watch by patterns that may take exponential time. */
const riskyLength = 18;
/** Other patterns take at most a power of the length; up to so many steps they are not watched. */
const unwatchedSteps = 100_000_000;

/** A Java pattern, ready. Patterns that could run for ever are stopped. */
export class CompiledPattern {
  /** Of Java's groups, without the whole match. */
  readonly groupCount: number;
  readonly #first: RegExp;
  readonly #all: RegExp;
  readonly #groups: readonly number[];
  readonly #safeLength: number;
  #limit: TimeLimit | undefined;

  constructor(translated: TranslatedPattern) {
    const { source, flags, groups, isRisky, unbounded } = translated;
    this.#first = new RegExp(source, `v${flags}`);
    this.#all = new RegExp(source, `gv${flags}`);
    this.#groups = groups;
    this.groupCount = groups.length - 1;
    this.#safeLength = isRisky ? riskyLength : safeLengthOf(unbounded);
  }

  #watched<T>(run: () => T): T {
    this.#limit ??= new TimeLimit();
    return this.#limit.run(run);
  }

  test(text: string): boolean {
    if (text.length <= this.#safeLength) return this.#first.test(text);
    return this.#watched(() => this.#first.test(text));
  }

  /** The first match; undefined when there is none. */
  exec(text: string): RegExpExecArray | undefined {
    const run = (): RegExpExecArray | undefined => this.#first.exec(text) ?? undefined;
    return text.length <= this.#safeLength ? run() : this.#watched(run);
  }

  all(text: string): readonly RegExpExecArray[] {
    const run = (): readonly RegExpExecArray[] => [...text.matchAll(this.#all)];
    return text.length <= this.#safeLength ? run() : this.#watched(run);
  }

  replaceAll(text: string, by: string): string {
    const run = (): string => text.replace(this.#all, () => by);
    return text.length <= this.#safeLength ? run() : this.#watched(run);
  }

  /** What a group of Java's has matched; null when it took no part. */
  group(match: RegExpExecArray, index: number): string | null {
    return match[this.#groups[index] ?? -1] ?? null;
  }
}

/** Each repetition may begin anywhere, and so may the match. */
function safeLengthOf(unbounded: number): number {
  return unbounded === 0 ? Number.POSITIVE_INFINITY : unwatchedSteps ** (1 / (unbounded + 1));
}

/**
 * Undefined for a pattern that Java refuses, too.
 * @throws SqlError for one that only Java understands
 */
export function compileJavaPattern(pattern: string): CompiledPattern | undefined {
  try {
    return new CompiledPattern(translateJavaPattern(pattern));
  } catch (error) {
    if (error instanceof UnknownPattern) return undefined;
    if (error instanceof Refusal) {
      throw new SqlError("0A000", `There is no support for ${error.message}; it runs on Apache Flink itself`);
    }
    // The translation may be no regular expression where Java's rules are laxer or stricter than known here.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
