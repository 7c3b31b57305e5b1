/**
 * Reflected CRCs of 32 and 64 bits by tables, eight bytes at a time. Node has CRC-32 (`zlib.crc32`); CRC-32C and
 * CRC-64/NVME it has not.
 */
export interface Crc {
  update(bytes: Uint8Array): void;
  /** Big-endian, as S3 writes it. */
  digest(): Buffer;
}

/** Castagnoli, reflected: RFC 3720, appendix B.4. */
const polynomial32c = 0x82f6_3b78;
/** CRC-64/NVME, reflected: NVM Express NVM command set, 64b guard. */
const polynomial64: bigint = 0x9a6c_9329_ac4b_c9b5n;

const slices = 8;

/** The tables of CRC-32C: entry `256 * k + b` is byte b followed by k zero bytes. */
function tables32(polynomial: number): Uint32Array {
  const tables = new Uint32Array(256 * slices);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    tables[byte] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const before = tables[i - 256] ?? 0;
    tables[i] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
  }
  return tables;
}

export class Crc32c implements Crc {
  readonly #tables: Uint32Array;
  #state = 0xffff_ffff;

  constructor() {
    this.#tables = tables32(polynomial32c);
  }

  update(bytes: Uint8Array): void {
    const t = this.#tables;
    let crc = this.#state;
    let i = 0;
    for (const end = bytes.length - 7; i < end; i += 8) {
      const a =
        crc ^
        ((bytes[i] as number) |
          ((bytes[i + 1] as number) << 8) |
          ((bytes[i + 2] as number) << 16) |
          ((bytes[i + 3] as number) << 24));
      crc =
        (t[1792 + (a & 0xff)] as number) ^
        (t[1536 + ((a >>> 8) & 0xff)] as number) ^
        (t[1280 + ((a >>> 16) & 0xff)] as number) ^
        (t[1024 + (a >>> 24)] as number) ^
        (t[768 + (bytes[i + 4] as number)] as number) ^
        (t[512 + (bytes[i + 5] as number)] as number) ^
        (t[256 + (bytes[i + 6] as number)] as number) ^
        (t[bytes[i + 7] as number] as number);
    }
    for (; i < bytes.length; i++) crc = (crc >>> 8) ^ (t[(crc ^ (bytes[i] as number)) & 0xff] as number);
    this.#state = crc;
  }

  digest(): Buffer {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(~this.#state >>> 0);
    return digest;
  }
}

/** Tables as pairs of halves: numbers are faster than bigints. */
function tables64(polynomial: bigint): { readonly low: Uint32Array; readonly high: Uint32Array } {
  const tables = new BigUint64Array(256 * slices);
  for (let byte = 0; byte < 256; byte++) {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ polynomial : crc >> 1n;
    tables[byte] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const before = tables[i - 256] ?? 0n;
    tables[i] = (before >> 8n) ^ (tables[Number(before & 0xffn)] ?? 0n);
  }
  const low = Uint32Array.from(tables, (entry) => Number(entry & 0xffff_ffffn));
  const high = Uint32Array.from(tables, (entry) => Number(entry >> 32n));
  return { low, high };
}

export class Crc64Nvme implements Crc {
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;
  #stateLow = 0xffff_ffff;
  #stateHigh = 0xffff_ffff;

  constructor() {
    const { low, high } = tables64(polynomial64);
    this.#low = low;
    this.#high = high;
  }

  update(bytes: Uint8Array): void {
    const l = this.#low;
    const h = this.#high;
    let low = this.#stateLow;
    let high = this.#stateHigh;
    let i = 0;
    for (const end = bytes.length - 7; i < end; i += 8) {
      const a =
        low ^
        ((bytes[i] as number) |
          ((bytes[i + 1] as number) << 8) |
          ((bytes[i + 2] as number) << 16) |
          ((bytes[i + 3] as number) << 24));
      const b =
        high ^
        ((bytes[i + 4] as number) |
          ((bytes[i + 5] as number) << 8) |
          ((bytes[i + 6] as number) << 16) |
          ((bytes[i + 7] as number) << 24));
      const i0 = 1792 + (a & 0xff);
      const i1 = 1536 + ((a >>> 8) & 0xff);
      const i2 = 1280 + ((a >>> 16) & 0xff);
      const i3 = 1024 + (a >>> 24);
      const i4 = 768 + (b & 0xff);
      const i5 = 512 + ((b >>> 8) & 0xff);
      const i6 = 256 + ((b >>> 16) & 0xff);
      const i7 = b >>> 24;
      low =
        (l[i0] as number) ^
        (l[i1] as number) ^
        (l[i2] as number) ^
        (l[i3] as number) ^
        (l[i4] as number) ^
        (l[i5] as number) ^
        (l[i6] as number) ^
        (l[i7] as number);
      high =
        (h[i0] as number) ^
        (h[i1] as number) ^
        (h[i2] as number) ^
        (h[i3] as number) ^
        (h[i4] as number) ^
        (h[i5] as number) ^
        (h[i6] as number) ^
        (h[i7] as number);
    }
    for (; i < bytes.length; i++) {
      const entry = (low ^ (bytes[i] as number)) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (l[entry] as number);
      high = (high >>> 8) ^ (h[entry] as number);
    }
    this.#stateLow = low;
    this.#stateHigh = high;
  }

  digest(): Buffer {
    const digest = Buffer.alloc(8);
    digest.writeUInt32BE(~this.#stateHigh >>> 0, 0);
    digest.writeUInt32BE(~this.#stateLow >>> 0, 4);
    return digest;
  }
}
