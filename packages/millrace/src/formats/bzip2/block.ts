import { type BitReader, Bzip2Error } from "./bit-reader.ts";
import { HuffmanTable } from "./huffman-table.ts";

/** Symbols that one table is used for before the next is chosen. */
const groupSize = 50;
const maxSelectors = 18_002;

/**
 * One block behind its mark and checksum:
 *
 * randomised:1 origin:24 used symbols: 16 bits, each set one followed by 16 bits
 * tables:3 selectors:15 { unary, moved to front } { code lengths of a table } symbols
 */
export function readBlock(reader: BitReader, maxBytes: number, crc: number): Buffer {
  if (reader.bit() !== 0) throw new Bzip2Error("randomised blocks are obsolete");
  const origin = reader.bits(24);
  const used = usedBytes(reader);
  const tableCount = reader.bits(3);
  if (tableCount < 2 || tableCount > 6) throw new Bzip2Error("a block has a wrong number of tables");
  const selectors = readSelectors(reader, tableCount);
  const tables: HuffmanTable[] = [];
  for (let index = 0; index < tableCount; index++) tables.push(HuffmanTable.read(reader, used.length + 2));
  const { counts, bytes, length } = readSymbols(reader, used, selectors, tables, maxBytes);
  if (origin >= length) throw new Bzip2Error("a block begins outside of itself");
  const plain = expanded(untransformed(bytes, length, counts, origin));
  if (checksum(plain) !== crc) throw new Bzip2Error("a block's checksum is wrong");
  return plain;
}

function usedBytes(reader: BitReader): Uint8Array {
  const groups = reader.bits(16);
  const used: number[] = [];
  for (let group = 0; group < 16; group++) {
    if (((groups >> (15 - group)) & 1) === 0) continue;
    const members = reader.bits(16);
    for (let index = 0; index < 16; index++)
      if (((members >> (15 - index)) & 1) === 1) used.push(group * 16 + index);
  }
  if (used.length === 0) throw new Bzip2Error("a block has no symbols");
  return Uint8Array.from(used);
}

function readSelectors(reader: BitReader, tableCount: number): Uint8Array {
  const count = reader.bits(15);
  if (count === 0) throw new Bzip2Error("a block has no selectors");
  const order = [0, 1, 2, 3, 4, 5].slice(0, tableCount);
  const selectors = new Uint8Array(Math.min(count, maxSelectors));
  for (let index = 0; index < count; index++) {
    let position = 0;
    while (reader.bit() === 1) {
      position++;
      if (position >= tableCount) throw new Bzip2Error("a selector names no table");
    }
    const [table = 0] = order.splice(position, 1);
    order.unshift(table);
    if (index < maxSelectors) selectors[index] = table;
  }
  return selectors;
}

/** Undoes the codes, the runs of zeros and the moving to the front. */
function readSymbols(
  reader: BitReader,
  used: Uint8Array,
  selectors: Uint8Array,
  tables: readonly HuffmanTable[],
  maxBytes: number,
): { readonly counts: Uint32Array; readonly bytes: Uint32Array; readonly length: number } {
  const order = Uint8Array.from(used);
  const end = used.length + 1;
  const bytes = new Uint32Array(maxBytes);
  const counts = new Uint32Array(256);
  let length = 0;
  let run = 0;
  let weight = 1;
  let left = 0;
  let selector = 0;
  let table: HuffmanTable | undefined;
  for (;;) {
    if (left === 0) {
      table = tables[selectors[selector++] ?? -1];
      left = groupSize;
      if (table === undefined) throw new Bzip2Error("a block has too few selectors");
    }
    left--;
    const symbol = (table as HuffmanTable).symbol(reader);
    if (symbol <= 1) {
      run += weight << symbol;
      weight <<= 1;
      if (run > maxBytes) throw new Bzip2Error("a run is longer than its block");
      continue;
    }
    const front = order[0] ?? 0;
    if (run > 0) {
      if (length + run > maxBytes) throw new Bzip2Error("a block is longer than it may be");
      bytes.fill(front, length, length + run);
      counts[front] = (counts[front] ?? 0) + run;
      length += run;
      run = 0;
      weight = 1;
    }
    if (symbol === end) return { counts, bytes, length };
    const byte = order[symbol - 1] ?? 0;
    order.copyWithin(1, 0, symbol - 1);
    order[0] = byte;
    if (length >= maxBytes) throw new Bzip2Error("a block is longer than it may be");
    bytes[length++] = byte;
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
}

/** Undoes the Burrows-Wheeler transformation. */
function untransformed(bytes: Uint32Array, length: number, counts: Uint32Array, origin: number): Buffer {
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    const count = counts[byte] ?? 0;
    counts[byte] = sum;
    sum += count;
  }
  // Above its byte each place holds the place that follows it.
  for (let at = 0; at < length; at++) {
    const byte = (bytes[at] ?? 0) & 0xff;
    const place = counts[byte] ?? 0;
    counts[byte] = place + 1;
    bytes[place] = ((bytes[place] ?? 0) | (at << 8)) >>> 0;
  }
  const plain = Buffer.allocUnsafe(length);
  let position = (bytes[origin] ?? 0) >>> 8;
  for (let at = 0; at < length; at++) {
    const entry = bytes[position] ?? 0;
    plain[at] = entry & 0xff;
    position = entry >>> 8;
  }
  return plain;
}

/** Undoes the first step of all: four equal bytes are followed by how many more there are. */
function expanded(bytes: Buffer): Buffer {
  const size = expandedLength(bytes);
  if (size === bytes.length) return bytes;
  const plain = Buffer.allocUnsafe(size);
  let at = 0;
  walkRuns(bytes, (byte, count) => {
    plain.fill(byte, at, at + count);
    at += count;
  });
  return plain;
}

function expandedLength(bytes: Buffer): number {
  let size = 0;
  walkRuns(bytes, (_, count) => {
    size += count;
  });
  return size;
}

function walkRuns(bytes: Buffer, run: (byte: number, count: number) => void): void {
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    let equal = 1;
    while (equal < 4 && bytes[at + equal] === byte) equal++;
    at += equal;
    if (equal < 4) run(byte, equal);
    else run(byte, 4 + (bytes[at++] ?? 0));
  }
}

function checksum(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++)
    crc = ((crc << 8) ^ (crcTable[((crc >>> 24) ^ (bytes[at] ?? 0)) & 0xff] ?? 0)) >>> 0;
  return ~crc >>> 0;
}

/** CRC-32 with the polynomial 0x04c11db7, highest bit first. */
const crcTable: readonly number[] = Object.freeze(
  Array.from({ length: 256 }, (_, byte) => {
    let value = byte << 24;
    for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
    return value >>> 0;
  }),
);
