import { type BrokenDownTime, strptime } from "./strptime.ts";
import { type WasmMemory, type WasmModule, webAssembly } from "./web-assembly.ts";

/** Where jq reads and writes; both may block, as nothing else runs on its thread. */
export interface JqStreams {
  /** What fits into `maxBytes` of what comes next; empty at the end. */
  read(maxBytes: number): Uint8Array;
  /** 1: output, 2: error messages. */
  write(descriptor: 1 | 2, bytes: Uint8Array): void;
}

interface JqExports {
  /** Memory. */
  readonly E: WasmMemory;
  /** Static constructors. */
  F(): void;
  /** `main(argc, argv)`. */
  G(count: number, values: number): number;
  /** Sets the upper half of a 64-bit answer. */
  I(upper: number): void;
  /** Allocates on the stack. */
  J(bytes: number): number;
}

class ExitStatus extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`exit ${status}`);
    this.status = status;
  }
}

const badDescriptor = 8;
const invalid = 28;
const noSuchFile = 44;
const isPipe = 29;
/** Of all of jq's memory. */
const maxMemoryBytes = 256 * 2 ** 20;
const pageBytes = 65_536;

/**
 * What jq's WebAssembly module asks of its surroundings: three streams, the time in UTC, and nothing else.
 * It sees no files and no environment. The names of the imports are those of jq-wasm 1.0.1, which Emscripten
 * made short.
 */
export class JqHost {
  readonly #streams: JqStreams;
  readonly #exports: JqExports;

  constructor(module: WasmModule, streams: JqStreams) {
    this.#streams = streams;
    const instance = new webAssembly.Instance(module, { a: this.#imports() });
    this.#exports = instance.exports as JqExports;
    this.#exports.F();
  }

  /** Runs `jq <arguments>` to its end; answers its exit status. Once an instance. */
  run(parameters: readonly string[]): number {
    const values = ["jq", ...parameters].map((text) => this.#allocateText(text));
    const list = this.#exports.J((values.length + 1) * 4);
    for (const [index, pointer] of [...values, 0].entries()) this.#setInt32(list + index * 4, pointer);
    try {
      return this.#exports.G(values.length, list);
    } catch (thrown) {
      if (thrown instanceof ExitStatus) return thrown.status;
      throw thrown;
    }
  }

  #imports(): Record<string, (...values: number[]) => unknown> {
    const refuse = () => -noSuchFile;
    const exit = (status: number): never => {
      throw new ExitStatus(status);
    };
    const abort = (): never => {
      throw new Error("jq ended itself");
    };
    return {
      a: abort,
      b: exit,
      c: () => 0,
      d: (descriptor = 0, vectors = 0, count = 0, written = 0) =>
        this.#write(descriptor, vectors, count, written),
      e: () => 0,
      f: () => -noSuchFile,
      g: (descriptor = 0, vectors = 0, count = 0, read = 0) => this.#read(descriptor, vectors, count, read),
      h: () => -59,
      i: () => 0,
      j: (countPointer = 0, sizePointer = 0) => {
        this.#setInt32(countPointer, 0);
        this.#setInt32(sizePointer, 0);
        return 0;
      },
      k: (low = 0, high = 0, pointer = 0) => this.#breakDown(low, high, pointer),
      l: (low = 0, high = 0, pointer = 0) => this.#breakDown(low, high, pointer),
      m: (pointer = 0) => this.#buildTime(pointer),
      n: () => isPipe,
      o: (bytes = 0) => this.#grow(bytes),
      p: () => -invalid,
      q: refuse,
      r: () => {},
      s: exit,
      t: () => {},
      u: (text = 0, pattern = 0, pointer = 0) => this.#parseTime(text, pattern, pointer),
      v: (timezone = 0, daylight = 0) => {
        this.#setInt32(timezone, 0);
        this.#setInt32(daylight, 0);
      },
      w: (descriptor = 0, pointer = 0) => this.#describe(descriptor, pointer),
      x: refuse,
      y: refuse,
      z: refuse,
      A: refuse,
      B: () => Date.now(),
      C: (to = 0, from = 0, bytes = 0) => {
        this.#bytes().copyWithin(to, from, from + bytes);
      },
      D: abort,
    };
  }

  #bytes(): Uint8Array {
    return new Uint8Array(this.#exports.E.buffer);
  }

  #view(): DataView {
    return new DataView(this.#exports.E.buffer);
  }

  #setInt32(pointer: number, value: number): void {
    this.#view().setInt32(pointer, value, true);
  }

  #allocateText(text: string): number {
    const bytes = Buffer.from(`${text}\0`);
    const pointer = this.#exports.J(bytes.length);
    this.#bytes().set(bytes, pointer);
    return pointer;
  }

  #text(pointer: number): string {
    const bytes = this.#bytes();
    return Buffer.from(bytes.subarray(pointer, bytes.indexOf(0, pointer))).toString("utf8");
  }

  #write(descriptor: number, vectors: number, count: number, written: number): number {
    if (descriptor !== 1 && descriptor !== 2) return badDescriptor;
    const view = this.#view();
    let total = 0;
    for (let vector = vectors; vector < vectors + count * 8; vector += 8) {
      const length = view.getUint32(vector + 4, true);
      if (length > 0) this.#streams.write(descriptor, this.#bytes().slice(...range(view, vector, length)));
      total += length;
    }
    this.#setInt32(written, total);
    return 0;
  }

  #read(descriptor: number, vectors: number, count: number, read: number): number {
    if (descriptor !== 0) return badDescriptor;
    let total = 0;
    for (let vector = vectors; vector < vectors + count * 8; vector += 8) {
      const view = this.#view();
      const length = view.getUint32(vector + 4, true);
      if (length === 0) continue;
      const bytes = this.#streams.read(length);
      this.#bytes().set(bytes, view.getUint32(vector, true));
      total += bytes.length;
      break;
    }
    this.#setInt32(read, total);
    return 0;
  }

  #describe(descriptor: number, pointer: number): number {
    if (descriptor > 2) return badDescriptor;
    this.#bytes().fill(0, pointer, pointer + 24);
    // A character device.
    this.#view().setUint8(pointer, 2);
    return 0;
  }

  #grow(bytes: number): number {
    const wantedBytes = bytes >>> 0;
    if (wantedBytes > maxMemoryBytes) return 0;
    const { E: memory } = this.#exports;
    const size = memory.buffer.byteLength;
    const target = Math.min(maxMemoryBytes, Math.max(wantedBytes, size * 1.2));
    memory.grow(Math.ceil((target - size) / pageBytes));
    return 1;
  }

  /** `struct tm`: second, minute, hour, day, month, year, weekday, day of the year, DST, offset; 32 bits each. */
  #breakDown(low: number, high: number, pointer: number): void {
    const date = new Date((high * 2 ** 32 + (low >>> 0)) * 1000);
    const year = date.getUTCFullYear();
    const dayOfYear = Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000);
    const fields = [
      date.getUTCSeconds(),
      date.getUTCMinutes(),
      date.getUTCHours(),
      date.getUTCDate(),
      date.getUTCMonth(),
      year - 1900,
      date.getUTCDay(),
      dayOfYear,
      0,
      0,
    ];
    for (const [index, field] of fields.entries()) this.#setInt32(pointer + index * 4, field || 0);
  }

  #buildTime(pointer: number): number {
    const view = this.#view();
    const field = (index: number): number => view.getInt32(pointer + index * 4, true);
    const timeMs = Date.UTC(field(5) + 1900, field(4), field(3), field(2), field(1), field(0));
    const seconds = Number.isNaN(timeMs) ? -1 : Math.floor(timeMs / 1000);
    this.#breakDown(seconds | 0, Math.floor(seconds / 2 ** 32), pointer);
    this.#exports.I(Math.floor(seconds / 2 ** 32));
    return seconds | 0;
  }

  #parseTime(textPointer: number, patternPointer: number, pointer: number): number {
    const view = this.#view();
    const field = (index: number): number => view.getInt32(pointer + index * 4, true);
    const time: BrokenDownTime = {
      second: field(0),
      minute: field(1),
      hour: field(2),
      day: field(3),
      month: field(4),
      year: field(5),
      weekday: field(6),
      dayOfYear: field(7),
      offsetSeconds: field(9),
    };
    const text = this.#text(textPointer);
    const read = strptime(text, this.#text(patternPointer), time);
    if (read === undefined) return 0;
    const { second, minute, hour, day, month, year, weekday, dayOfYear, offsetSeconds } = time;
    const fields = [second, minute, hour, day, month, year, weekday, dayOfYear, 0, offsetSeconds];
    for (const [index, value] of fields.entries()) this.#setInt32(pointer + index * 4, value);
    return textPointer + Buffer.byteLength(text.slice(0, read));
  }
}

function range(view: DataView, vector: number, length: number): [number, number] {
  const start = view.getUint32(vector, true);
  return [start, start + length];
}
