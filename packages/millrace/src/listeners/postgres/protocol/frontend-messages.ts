import { SqlError } from "../../../kernels/warehouse/values/index.ts";

/** Types of the messages that a client sends after its login. */
export const frontend = {
  query: 0x51,
  parse: 0x50,
  bind: 0x42,
  describe: 0x44,
  execute: 0x45,
  close: 0x43,
  flush: 0x48,
  sync: 0x53,
  terminate: 0x58,
  functionCall: 0x46,
  copyData: 0x64,
  copyDone: 0x63,
  copyFail: 0x66,
} as const;

const violation = "08P01";

/** Reads the fields of a message. @throws SqlError 08P01 for a message that ends too early or too late */
class BodyReader {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  text(): string {
    const end = this.#body.indexOf(0, this.#at);
    if (end < 0) throw new SqlError(violation, "invalid string in message");
    const text = this.#body.toString("utf8", this.#at, end);
    this.#at = end + 1;
    return text;
  }

  byte(): number {
    return this.bytes(1)[0] ?? 0;
  }

  int16(): number {
    return this.bytes(2).readUInt16BE(0);
  }

  int32(): number {
    return this.bytes(4).readInt32BE(0);
  }

  bytes(length: number): Buffer {
    if (length < 0 || this.#at + length > this.#body.length)
      throw new SqlError(violation, "insufficient data left in message");
    this.#at += length;
    return this.#body.subarray(this.#at - length, this.#at);
  }

  end(): void {
    if (this.#at !== this.#body.length) throw new SqlError(violation, "invalid message format");
  }
}

/** Query => String text */
export function readQuery(body: Buffer): string {
  const reader = new BodyReader(body);
  const text = reader.text();
  reader.end();
  return text;
}

export interface ParseMessage {
  readonly name: string;
  readonly text: string;
  readonly parameterOids: readonly number[];
}

/** Parse => String name, String text, Int16 count, Int32 oid* */
export function readParse(body: Buffer): ParseMessage {
  const reader = new BodyReader(body);
  const name = reader.text();
  const text = reader.text();
  const parameterOids = Array.from({ length: reader.int16() }, () => reader.int32());
  reader.end();
  return { name, text, parameterOids };
}

export interface BindMessage {
  readonly portal: string;
  readonly statement: string;
  /** None, one for all, or one each: 0 text, 1 binary. */
  readonly parameterFormats: readonly number[];
  readonly values: readonly (Buffer | null)[];
  readonly resultFormats: readonly number[];
}

/**
 * Bind => String portal, String statement, Int16 count, Int16 format*, Int16 count, (Int32 length or -1, value)*,
 *         Int16 count, Int16 format*
 */
export function readBind(body: Buffer): BindMessage {
  const reader = new BodyReader(body);
  const portal = reader.text();
  const statement = reader.text();
  const parameterFormats = Array.from({ length: reader.int16() }, () => reader.int16());
  const values = Array.from({ length: reader.int16() }, () => {
    const length = reader.int32();
    return length === -1 ? null : reader.bytes(length);
  });
  const resultFormats = Array.from({ length: reader.int16() }, () => reader.int16());
  reader.end();
  return { portal, statement, parameterFormats, values, resultFormats };
}

export interface TargetMessage {
  readonly kind: "statement" | "portal";
  readonly name: string;
}

/** Describe and Close => Byte1 S or P, String name */
export function readTarget(body: Buffer): TargetMessage {
  const reader = new BodyReader(body);
  const code = String.fromCharCode(reader.byte());
  const name = reader.text();
  reader.end();
  if (code !== "S" && code !== "P") throw new SqlError(violation, `invalid message subtype "${code}"`);
  return { kind: code === "S" ? "statement" : "portal", name };
}

/** Execute => String portal, Int32 rows (0 for all) */
export function readExecute(body: Buffer): { readonly portal: string; readonly maxRows: number } {
  const reader = new BodyReader(body);
  const portal = reader.text();
  const rows = reader.int32();
  reader.end();
  return { portal, maxRows: rows > 0 ? rows : Number.POSITIVE_INFINITY };
}
