import { ByteSink } from "./byte-sink.ts";

/** Types of Thrift's compact protocol. */
const wire = Object.freeze({
  true: 1,
  false: 2,
  i8: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  binary: 8,
  list: 9,
  struct: 12,
});

/**
 * Thrift's compact protocol, as far as the footer and the page headers need it.
 *
 * field := { (id - id of the field before) << 4 | type, if the difference is 1 to 15, else type and the id as
 *            zigzag varint; value }, and 0 at the end of a struct
 * list  := { count << 4 | type, if count < 15, else f0 | type and the count as varint; values }
 */
export class ThriftWriter {
  readonly sink: ByteSink = new ByteSink();
  #lastId = 0;

  bool(id: number, value: boolean): void {
    this.#field(id, value ? wire.true : wire.false);
  }

  i8(id: number, value: number): void {
    this.#field(id, wire.i8);
    this.sink.byte(value);
  }

  i16(id: number, value: number): void {
    this.#field(id, wire.i16);
    this.#zigzag(value);
  }

  i32(id: number, value: number): void {
    this.#field(id, wire.i32);
    this.#zigzag(value);
  }

  i64(id: number, value: number): void {
    this.#field(id, wire.i64);
    this.#zigzag(value);
  }

  binary(id: number, value: Uint8Array): void {
    this.#field(id, wire.binary);
    this.#bytes(value);
  }

  text(id: number, value: string): void {
    this.binary(id, Buffer.from(value));
  }

  struct(id: number, write: () => void): void {
    this.#field(id, wire.struct);
    this.#inside(write);
  }

  structs<T>(id: number, items: readonly T[], write: (item: T) => void): void {
    this.#field(id, wire.list);
    this.#listHeader(items.length, wire.struct);
    for (const item of items) this.#inside(() => write(item));
  }

  i32s(id: number, items: readonly number[]): void {
    this.#field(id, wire.list);
    this.#listHeader(items.length, wire.i32);
    for (const item of items) this.#zigzag(item);
  }

  texts(id: number, items: readonly string[]): void {
    this.#field(id, wire.list);
    this.#listHeader(items.length, wire.binary);
    for (const item of items) this.#bytes(Buffer.from(item));
  }

  /** Ends the outermost struct. */
  end(): Uint8Array {
    this.sink.byte(0);
    return this.sink.written();
  }

  #inside(write: () => void): void {
    const outer = this.#lastId;
    this.#lastId = 0;
    write();
    this.sink.byte(0);
    this.#lastId = outer;
  }

  #field(id: number, type: number): void {
    const step = id - this.#lastId;
    if (step > 0 && step < 16) this.sink.byte((step << 4) | type);
    else {
      this.sink.byte(type);
      this.#zigzag(id);
    }
    this.#lastId = id;
  }

  #listHeader(count: number, type: number): void {
    if (count < 15) this.sink.byte((count << 4) | type);
    else {
      this.sink.byte(0xf0 | type);
      this.sink.varint(count);
    }
  }

  /** Of a safe integer, which has room for the doubling up to 2^52. */
  #zigzag(value: number): void {
    this.sink.varint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  #bytes(value: Uint8Array): void {
    this.sink.varint(value.length);
    this.sink.append(value);
  }
}
