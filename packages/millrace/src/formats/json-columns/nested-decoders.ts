import type { Shape } from "../parquet/schema.ts";
import type { DecodeRules } from "./decode-rules.ts";
import { mismatch } from "./json-failure.ts";
import { char, type JsonReader } from "./json-reader.ts";
import type { LeafDecoder, ValueDecoder } from "./value-decoder.ts";

/** array<...> */
export class ListDecoder implements ValueDecoder {
  readonly #shape: Shape;
  readonly #element: ValueDecoder;
  readonly #rules: DecodeRules;

  constructor(shape: Shape, element: ValueDecoder, rules: DecodeRules) {
    this.#shape = shape;
    this.#element = element;
    this.#rules = rules;
  }

  read(reader: JsonReader, first: number, repetition: number): void {
    if (first === char.n) {
      reader.literal("null");
      this.nulls(repetition, this.#shape.nullLevel);
    } else if (first !== char.openArray) {
      if (!this.#rules.isLenient) throw mismatch("java.io.IOException: Start of Array expected");
      this.#element.read(reader, first, repetition);
    } else {
      reader.at += 1;
      let next = reader.peek();
      if (next === char.closeArray) {
        reader.at += 1;
        this.nulls(repetition, this.#shape.level);
        return;
      }
      let level = repetition;
      do {
        next = reader.peek();
        this.#element.read(reader, next, level);
        level = this.#shape.repetition;
      } while (reader.more(char.closeArray));
    }
  }

  nulls(repetition: number, definition: number): void {
    this.#element.nulls(repetition, definition);
  }
}

/** map<..., ...>. Of entries whose keys are the same the first is kept. */
export class MapDecoder implements ValueDecoder {
  readonly #shape: Shape;
  readonly #key: LeafDecoder;
  readonly #value: ValueDecoder;
  readonly #rules: DecodeRules;

  constructor(shape: Shape, key: LeafDecoder, value: ValueDecoder, rules: DecodeRules) {
    this.#shape = shape;
    this.#key = key;
    this.#value = value;
    this.#rules = rules;
  }

  read(reader: JsonReader, first: number, repetition: number): void {
    if (first === char.n) {
      reader.literal("null");
      this.nulls(repetition, this.#shape.nullLevel);
      return;
    }
    if (first !== char.openObject) {
      throw mismatch(
        this.#rules.isLenient
          ? "A map column holds a JSON object only"
          : "java.io.IOException: Start of Object expected",
      );
    }
    reader.at += 1;
    if (reader.peek() === char.closeObject) {
      reader.at += 1;
      this.nulls(repetition, this.#shape.level);
      return;
    }
    this.#entries(reader, repetition);
  }

  nulls(repetition: number, definition: number): void {
    this.#key.nulls(repetition, definition);
    this.#value.nulls(repetition, definition);
  }

  #entries(reader: JsonReader, repetition: number): void {
    const seen = new Set<string>();
    do {
      if (reader.peek() !== char.quote) throw reader.unexpected();
      reader.string();
      const key = this.#rules.lowersKeys ? reader.textOf().toLowerCase() : reader.textOf();
      reader.expect(char.colon);
      const next = reader.peek();
      if (seen.has(key)) {
        reader.skipValue();
        continue;
      }
      const level = seen.size === 0 ? repetition : this.#shape.repetition;
      seen.add(key);
      this.#key.text(key, level);
      this.#value.read(reader, next, level);
    } while (reader.more(char.closeObject));
  }
}
