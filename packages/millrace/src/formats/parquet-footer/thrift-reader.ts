/** What the bytes claim cannot be: they end too early, or nest too deep. */
export class ThriftError extends Error {}

/** Structs and lists nested deeper are refused: reading recurses. */
const maxDepth = 64;

/** Types of Thrift's compact protocol, as they stand in field and list headers. */
const compact = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
} as const;

/**
 * Reads Thrift's compact protocol, and passes over what is not asked for. It allocates nothing by sizes that
 * the bytes claim.
 *
 * struct := { field } 0x00
 * field  := delta:4 type:4 [ zigzag id if delta is 0 ] value
 * list   := size:4 type:4 [ varint size if 15 ] { value }
 * binary := varint length, bytes
 */
export class ThriftReader {
  readonly #bytes: Buffer;
  #at = 0;
  #depth = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Reads a struct; `field` reads the value of each field, or answers false to have it passed over. */
  struct(field: (id: number, type: number) => boolean): void {
    this.#enter();
    let id = 0;
    for (;;) {
      const head = this.#byte();
      if (head === 0) break;
      const delta = head >> 4;
      id = delta === 0 ? this.integer() : id + delta;
      const type = head & 0x0f;
      if (!field(id, type)) this.#pass(type);
    }
    this.#depth -= 1;
  }

  /** Reads a list of structs. */
  structs(field: (index: number, id: number) => boolean): void {
    const { size, type } = this.#listHead();
    if (type !== compact.struct) throw new ThriftError("a list holds something other than structs");
    for (let index = 0; index < size; index += 1) this.struct((id) => field(index, id));
  }

  /** Reads a list of texts. */
  texts(): string[] {
    const { size, type } = this.#listHead();
    if (type !== compact.binary) throw new ThriftError("a list holds something other than texts");
    const texts: string[] = [];
    for (let index = 0; index < size; index += 1) texts.push(this.text());
    return texts;
  }

  /** A signed integer of any width; exact up to 53 bits. */
  integer(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A byte, which is not zigzag coded. */
  byte(): number {
    return (this.#byte() << 24) >> 24;
  }

  text(): string {
    const start = this.#span(this.#varint());
    return this.#bytes.toString("utf8", start, this.#at);
  }

  #pass(type: number): void {
    switch (type) {
      case compact.true:
      case compact.false:
        return;
      case compact.byte:
        this.#span(1);
        return;
      case compact.i16:
      case compact.i32:
      case compact.i64:
        this.#varint();
        return;
      case compact.double:
        this.#span(8);
        return;
      case compact.binary:
        this.#span(this.#varint());
        return;
      case compact.list:
      case compact.set:
        this.#passList();
        return;
      case compact.struct:
        this.struct(() => false);
        return;
      default:
        // Maps do not occur in Parquet's metadata.
        throw new ThriftError(`there is a value of the unknown type ${type}`);
    }
  }

  #passList(): void {
    this.#enter();
    const { size, type } = this.#listHead();
    // Booleans have no bytes as fields, but one each in a list.
    const element = type === compact.true || type === compact.false ? compact.byte : type;
    for (let index = 0; index < size; index += 1) this.#pass(element);
    this.#depth -= 1;
  }

  #listHead(): { size: number; type: number } {
    const head = this.#byte();
    const size = head >> 4 === 15 ? this.#varint() : head >> 4;
    // Each element takes a byte at least, so a longer list is a lie.
    if (size > this.#bytes.length - this.#at) throw new ThriftError("a list is longer than the bytes");
    return { size, type: head & 0x0f };
  }

  #varint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count += 1) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new ThriftError("a number has more than ten bytes");
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new ThriftError("the metadata ends too early");
    this.#at += 1;
    return byte;
  }

  #span(length: number): number {
    const start = this.#at;
    if (length > this.#bytes.length - start) throw new ThriftError("the metadata ends too early");
    this.#at = start + length;
    return start;
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new ThriftError(`the metadata nests deeper than ${maxDepth}`);
  }
}
