import type { DecodeRules } from "./decode-rules.ts";
import { mismatch } from "./json-failure.ts";
import { char, type JsonReader } from "./json-reader.ts";
import type { ValueDecoder } from "./value-decoder.ts";

/** Keys that were met are remembered with the member that they mean: so many at most. */
const maxKnownKeys = 1000;
const noMember = -1;

interface KnownKey {
  /** The key's bytes and the quote that ends it. */
  readonly bytes: Uint8Array;
  readonly member: number;
}

export interface StructLevels {
  readonly nullLevel: number;
  readonly level: number;
}

/**
 * struct<...>, and the row itself. Members may come in any order; of those that mean the same the first counts,
 * those that are missing are null, those that nobody declared are dropped.
 */
export class StructDecoder implements ValueDecoder {
  readonly #levels: StructLevels;
  readonly #members: readonly ValueDecoder[];
  readonly #rules: DecodeRules;
  readonly #memberOfKey: Map<string, number>;
  /** Records resemble each other: the key at this place of the object was this one the last time. */
  readonly #expected: (KnownKey | undefined)[] = [];
  readonly #known = new Map<string, KnownKey>();
  /** The round in which a member was read last. */
  readonly #readIn: Float64Array;
  #round = 0;

  constructor(
    levels: StructLevels,
    names: readonly string[],
    members: readonly ValueDecoder[],
    rules: DecodeRules,
  ) {
    this.#levels = levels;
    this.#members = members;
    this.#rules = rules;
    this.#readIn = new Float64Array(members.length);
    this.#memberOfKey = new Map();
    names.forEach((name, index) => {
      const key = rules.keyOfName.get(name) ?? name;
      const folded = rules.ignoresCase ? key.toLowerCase() : key;
      if (!this.#memberOfKey.has(folded)) this.#memberOfKey.set(folded, index);
    });
  }

  read(reader: JsonReader, first: number, repetition: number): void {
    if (first === char.openObject) this.readObject(reader, repetition);
    else if (first === char.n) {
      reader.literal("null");
      this.nulls(repetition, this.#levels.nullLevel);
    } else if (!this.#rules.isLenient) throw mismatch("java.io.IOException: Start of Object expected");
    else if (first === char.openArray) this.#readArray(reader, repetition);
    else throw this.#notAnObject(reader, first);
  }

  nulls(repetition: number, definition: number): void {
    for (const member of this.#members) member.nulls(repetition, definition);
  }

  /** An object, of which the brace was seen. */
  readObject(reader: JsonReader, repetition: number): void {
    const round = ++this.#round;
    reader.at += 1;
    if (reader.peek() === char.closeObject) reader.at += 1;
    else {
      let place = 0;
      do {
        const index = this.#member(reader, place++);
        reader.expect(char.colon);
        const first = reader.peek();
        const member = this.#members[index];
        if (member === undefined || this.#readIn[index] === round) reader.skipValue();
        else {
          this.#readIn[index] = round;
          member.read(reader, first, repetition);
        }
      } while (reader.more(char.closeObject));
    }
    this.#fill(round, repetition);
  }

  /** OpenX takes an array for the members in their order. */
  #readArray(reader: JsonReader, repetition: number): void {
    const round = ++this.#round;
    reader.at += 1;
    if (reader.peek() === char.closeArray) reader.at += 1;
    else {
      let index = 0;
      do {
        const first = reader.peek();
        const member = this.#members[index];
        if (member === undefined) reader.skipValue();
        else {
          this.#readIn[index] = round;
          member.read(reader, first, repetition);
        }
        index += 1;
      } while (reader.more(char.closeArray));
    }
    this.#fill(round, repetition);
  }

  #fill(round: number, repetition: number): void {
    const members = this.#members;
    for (let index = 0; index < members.length; index++) {
      if (this.#readIn[index] !== round)
        (members[index] as ValueDecoder).nulls(repetition, this.#levels.level);
    }
  }

  /** Reads a key; answers the member that it means. */
  #member(reader: JsonReader, place: number): number {
    if (reader.peek() !== char.quote) throw reader.unexpected();
    const expected = this.#expected[place];
    if (expected !== undefined && startsWith(reader, expected.bytes)) {
      reader.at += 1 + expected.bytes.length;
      return expected.member;
    }
    const from = reader.at + 1;
    reader.string();
    // The reader's bytes are another document's the next time.
    if (reader.text !== reader.bytes) return this.#lookUp(reader.textOf());
    const id = reader.bytes.toString("latin1", from, reader.at);
    let known = this.#known.get(id);
    if (known === undefined) {
      known = { bytes: Buffer.from(id, "latin1"), member: this.#lookUp(reader.textOf()) };
      if (this.#known.size < maxKnownKeys) this.#known.set(id, known);
    }
    if (place < maxKnownKeys) this.#expected[place] = known;
    return known.member;
  }

  #lookUp(key: string): number {
    const { dotsToUnderscores, ignoresCase } = this.#rules;
    const named = dotsToUnderscores ? key.replaceAll(".", "_") : key;
    return this.#memberOfKey.get(ignoresCase ? named.toLowerCase() : named) ?? noMember;
  }

  #notAnObject(reader: JsonReader, first: number): Error {
    const from = reader.at;
    reader.skipValue();
    const value = reader.bytes.toString("utf8", from, Math.min(reader.at, from + 100));
    const type =
      first === char.quote
        ? "String"
        : first === char.t || first === char.f
          ? "Boolean"
          : reader.isInteger
            ? "Long"
            : "Double";
    return mismatch(`Data is not JSONObject  but java.lang.${type} with value ${value.replaceAll('"', "")}`);
  }
}

function startsWith(reader: JsonReader, key: Uint8Array): boolean {
  const { bytes } = reader;
  const from = reader.at + 1;
  if (from + key.length > reader.end) return false;
  for (let index = 0; index < key.length; index++) if (bytes[from + index] !== key[index]) return false;
  return true;
}
