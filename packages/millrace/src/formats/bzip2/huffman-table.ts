import { type BitReader, Bzip2Error } from "./bit-reader.ts";

const maxLength = 20;

/** A canonical Huffman code: the shorter codes have the smaller values. */
export class HuffmanTable {
  /** By length: the largest code of it, what to take off a code to find its symbol. */
  readonly #limits = new Int32Array(maxLength + 2).fill(-1);
  readonly #offsets = new Int32Array(maxLength + 2);
  readonly #symbols: Uint16Array;
  readonly #shortest: number;

  private constructor(lengths: Uint8Array) {
    this.#symbols = new Uint16Array(lengths.length);
    let position = 0;
    let code = 0;
    let shortest = maxLength;
    for (let length = 1; length <= maxLength; length++) {
      const first = code;
      const start = position;
      for (let symbol = 0; symbol < lengths.length; symbol++)
        if (lengths[symbol] === length) this.#symbols[position++] = symbol;
      code += position - start;
      if (position > start) shortest = Math.min(shortest, length);
      if (position > start) this.#limits[length] = code - 1;
      this.#offsets[length] = start - first;
      code <<= 1;
    }
    this.#shortest = shortest;
  }

  /** start:5 { "0" | "10" one longer | "11" one shorter } for each symbol */
  static read(reader: BitReader, symbols: number): HuffmanTable {
    const lengths = new Uint8Array(symbols);
    let length = reader.bits(5);
    for (let symbol = 0; symbol < symbols; symbol++) {
      for (;;) {
        if (length < 1 || length > maxLength) throw new Bzip2Error("a code has a wrong length");
        if (reader.bit() === 0) break;
        length += reader.bit() === 0 ? 1 : -1;
      }
      lengths[symbol] = length;
    }
    return new HuffmanTable(lengths);
  }

  symbol(reader: BitReader): number {
    let length = this.#shortest;
    let code = reader.bits(length);
    for (;;) {
      const limit = this.#limits[length] ?? -1;
      if (limit >= 0 && code <= limit) {
        const symbol = this.#symbols[code + (this.#offsets[length] ?? 0)];
        if (symbol !== undefined) return symbol;
      }
      if (++length > maxLength) throw new Bzip2Error("a code names no symbol");
      code = (code << 1) | reader.bit();
    }
  }
}
