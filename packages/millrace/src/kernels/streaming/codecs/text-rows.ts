import type { EncodedRows } from "./codec.ts";

/** Rows' texts are joined to pieces of this many characters before they become bytes. */
const pieceLength = 32_768;

/** Texts of rows become bytes, many at a time. */
export class TextRows {
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  /** Of the rows of the piece, in characters. */
  readonly #lengths: number[] = [];
  #bytes: Buffer<ArrayBuffer> = Buffer.from(new ArrayBuffer(pieceLength * 2));
  #at = 0;
  #row = 0;
  #piece = "";

  constructor(rowCount: number) {
    this.#starts = new Uint32Array(rowCount);
    this.#ends = new Uint32Array(rowCount);
  }

  add(text: string): void {
    this.#piece += text;
    this.#lengths.push(text.length);
    if (this.#piece.length >= pieceLength) this.#flush();
  }

  finish(): EncodedRows {
    this.#flush();
    const bytes = new Uint8Array(this.#bytes.buffer, 0, this.#at);
    return { bytes, starts: this.#starts, ends: this.#ends };
  }

  #flush(): void {
    const piece = this.#piece;
    this.#reserve(piece.length * 3);
    const from = this.#at;
    const written = this.#bytes.write(piece, from, "utf8");
    let at = from;
    let character = 0;
    for (const length of this.#lengths) {
      this.#starts[this.#row] = at;
      // All of ASCII: as many bytes as characters.
      at += written === piece.length ? length : Buffer.byteLength(piece.slice(character, character + length));
      character += length;
      this.#ends[this.#row] = at;
      this.#row += 1;
    }
    this.#at = from + written;
    this.#piece = "";
    this.#lengths.length = 0;
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const grown = Buffer.from(new ArrayBuffer(Math.max(this.#bytes.length * 2, this.#at + more)));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
  }
}
