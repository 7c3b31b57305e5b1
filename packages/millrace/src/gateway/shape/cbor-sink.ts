import { ByteSink } from "./byte-sink.ts";
import { majorTypes } from "./cbor-scan.ts";

/** CBOR items in one growing buffer. */
export class CborSink extends ByteSink {
  /** An item's major type and argument, in the shortest form. */
  head(major: number, argument: number): void {
    this.reserve(9);
    const { bytes } = this;
    const type = major << 5;
    if (argument < 24) bytes[this.length++] = type | argument;
    else if (argument < 0x100) {
      bytes[this.length++] = type | 24;
      bytes[this.length++] = argument;
    } else if (argument < 0x1_0000) {
      bytes[this.length++] = type | 25;
      this.length = bytes.writeUInt16BE(argument, this.length);
    } else if (argument < 0x1_0000_0000) {
      bytes[this.length++] = type | 26;
      this.length = bytes.writeUInt32BE(argument, this.length);
    } else {
      bytes[this.length++] = type | 27;
      this.length = bytes.writeUInt32BE(Math.floor(argument / 0x1_0000_0000), this.length);
      this.length = bytes.writeUInt32BE(argument % 0x1_0000_0000, this.length);
    }
  }

  integer(value: number): void {
    if (value < 0) this.head(majorTypes.negative, -1 - value);
    else this.head(majorTypes.unsigned, value);
  }

  bigInteger(value: bigint): void {
    const magnitude = value < 0n ? -1n - value : value;
    this.reserve(9);
    this.bytes[this.length++] = ((value < 0n ? majorTypes.negative : majorTypes.unsigned) << 5) | 27;
    this.length = this.bytes.writeBigUInt64BE(BigInt.asUintN(64, magnitude), this.length);
  }

  double(value: number): void {
    this.reserve(9);
    this.bytes[this.length++] = 0xfb;
    this.length = this.bytes.writeDoubleBE(value, this.length);
  }

  text(text: string): void {
    const length = Buffer.byteLength(text);
    this.head(majorTypes.text, length);
    this.reserve(length);
    this.length += this.bytes.write(text, this.length, "utf8");
  }

  blob(bytes: Uint8Array): void {
    this.head(majorTypes.bytes, bytes.length);
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }
}
