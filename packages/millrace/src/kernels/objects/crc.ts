import { polynomial32c, polynomial64 } from "./crc-polynomials.ts";

/**
 * Reflected CRCs of 32 and 64 bits by tables, eight bytes at a time. Node has CRC-32 (`zlib.crc32`); CRC-32C and
 * CRC-64/NVME it has not.
 */
export interface Crc {
  update(bytes: Uint8Array): void;
  /** Big-endian, as S3 writes it. */
  digest(): Buffer;
}

const slices = 8;

/** Low and high halves of 64-bit entries: numbers are faster than bigints. */
interface Tables {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

/** Entry `256 * k + b` is byte b followed by k zero bytes. */
function createTables(polynomialLow: number, polynomialHigh: number): Tables {
  const low = new Uint32Array(256 * slices);
  const high = new Uint32Array(256 * slices);
  for (let byte = 0; byte < 256; byte++) {
    let [l, h] = [byte, 0];
    for (let bit = 0; bit < 8; bit++) {
      const out = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (out === 1) [l, h] = [l ^ polynomialLow, h ^ polynomialHigh];
    }
    [low[byte], high[byte]] = [l, h];
  }
  for (let i = 256; i < low.length; i++) {
    const [l, h] = [low[i - 256] ?? 0, high[i - 256] ?? 0];
    low[i] = ((l >>> 8) | (h << 24)) ^ (low[l & 0xff] ?? 0);
    high[i] = (h >>> 8) ^ (high[l & 0xff] ?? 0);
  }
  return { low, high };
}

const tables32c: Tables = createTables(Number(polynomial32c), 0);
const tables64: Tables = createTables(Number(polynomial64 & 0xffff_ffffn), Number(polynomial64 >> 32n));

export class Crc32c implements Crc {
  #state = 0xffff_ffff;

  update(bytes: Uint8Array): void {
    const t = tables32c.low;
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

export class Crc64Nvme implements Crc {
  #stateLow = 0xffff_ffff;
  #stateHigh = 0xffff_ffff;

  update(bytes: Uint8Array): void {
    const { low: l, high: h } = tables64;
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
