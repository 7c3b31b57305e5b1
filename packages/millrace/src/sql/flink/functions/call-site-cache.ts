import { SqlError } from "../../sql-error.ts";
import { EvaluationError } from "./scalar-function.ts";

/** Prepared things kept for one call in a program. */
const maxEntries = 256;

/**
 * Keeps what was prepared for the texts that a call has seen: patterns, formats, paths. A literal is prepared
 * when the call is resolved, so that its mistakes are found when the program is checked.
 */
export class CallSiteCache<T> {
  readonly #prepare: (text: string) => T;
  readonly #entries = new Map<string, T>();
  #lastText: string | undefined;
  #last: T | undefined;

  /** @throws SqlError for a literal that cannot be prepared */
  constructor(prepare: (text: string) => T, literal: unknown) {
    this.#prepare = prepare;
    if (typeof literal === "string") {
      this.#last = prepare(literal);
      this.#lastText = literal;
      this.#entries.set(literal, this.#last);
    }
  }

  /** @throws EvaluationError for a text that cannot be prepared */
  get(text: string): T {
    if (this.#last !== undefined && text === this.#lastText) return this.#last;
    let value = this.#entries.get(text);
    if (value === undefined) {
      value = this.#prepareInRow(text);
      if (this.#entries.size >= maxEntries) this.#entries.clear();
      this.#entries.set(text, value);
    }
    this.#lastText = text;
    this.#last = value;
    return value;
  }

  #prepareInRow(text: string): T {
    try {
      return this.#prepare(text);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      throw new EvaluationError(error.message, { cause: error });
    }
  }
}
