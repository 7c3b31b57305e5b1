import { timestampOfText } from "../../../../sql/flink/functions/time/default-date-texts.ts";
import type { TableOptions } from "../table-options.ts";

/** Options of one field of `datagen`: those that begin with `fields.<name>.`. */
export class FieldOptions {
  readonly name: string;
  readonly #options: TableOptions;
  readonly #asked: Set<string>;

  /** @param asked gets the names of all options that somebody has asked for */
  constructor(options: TableOptions, name: string, asked: Set<string>) {
    this.#options = options;
    this.name = name;
    this.#asked = asked;
  }

  /** Of a field in a ROW, or `element`, `key` and `value` of collections. */
  inner(name: string): FieldOptions {
    return new FieldOptions(this.#options, `${this.name}.${name}`, this.#asked);
  }

  text(option: string): string | undefined {
    const key = `fields.${this.name}.${option}`;
    this.#asked.add(key);
    return this.#options.get(key);
  }

  number(option: string, otherwise: number): number {
    const text = this.text(option);
    if (text === undefined) return otherwise;
    const value = Number(text);
    if (!Number.isFinite(value)) throw this.error(option, `is a number, not '${text}'`);
    return value;
  }

  whole(option: string, otherwise: bigint): bigint {
    const text = this.text(option);
    if (text === undefined) return otherwise;
    if (!/^[+-]?\d{1,40}$/.test(text)) throw this.error(option, `is a whole number, not '${text}'`);
    return BigInt(text);
  }

  /** From 1. */
  length(option: string, otherwise: number, most: number): number {
    const value = this.whole(option, BigInt(otherwise));
    if (value < 1n || value > BigInt(most)) throw this.error(option, `is from 1 to ${most}, not ${value}`);
    return Number(value);
  }

  flag(option: string): boolean {
    const key = `fields.${this.name}.${option}`;
    this.#asked.add(key);
    return this.#options.oneOf(key, ["true", "false"], "false") === "true";
  }

  isSequence(): boolean {
    const key = `fields.${this.name}.kind`;
    this.#asked.add(key);
    return this.#options.oneOf(key, ["random", "sequence"], "random") === "sequence";
  }

  durationMs(option: string): number {
    const key = `fields.${this.name}.${option}`;
    this.#asked.add(key);
    return this.#options.durationMs(key, 0);
  }

  timestamp(option: string): number | undefined {
    const text = this.text(option);
    if (text === undefined) return undefined;
    const timeMs = timestampOfText(text, 3);
    if (timeMs === undefined) throw this.error(option, `is a timestamp, not '${text}'`);
    return timeMs;
  }

  error(option: string, what: string): Error {
    return this.#options.error(`option 'fields.${this.name}.${option}' ${what}`);
  }

  refuse(what: string): Error {
    return this.#options.error(`field '${this.name}': ${what}`);
  }
}
