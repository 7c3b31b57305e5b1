import { polynomial32, polynomial32c, polynomial64 } from "./crc-polynomials.ts";

export type CrcAlgorithm = "CRC32" | "CRC32C" | "CRC64NVME";

export interface CrcOfPart {
  /** Base64, big-endian. */
  readonly value: string;
  readonly size: number;
}

/**
 * The checksum of bytes from those of their parts, without the bytes. A CRC is a remainder of polynomials over
 * GF(2): that of A and then B is the remainder of A times x^(8 * bytes of B), plus that of B.
 */
export function combineCrcs(algorithm: CrcAlgorithm, parts: readonly CrcOfPart[]): string {
  const field = fieldOf(algorithm);
  const shifts = new Map<number, bigint>();
  let combined = 0n;
  for (const { value, size } of parts) {
    let shift = shifts.get(size);
    if (shift === undefined) {
      shift = powerOfX(field, 8 * size);
      shifts.set(size, shift);
    }
    const own = BigInt(`0x${Buffer.from(value, "base64").toString("hex")}`);
    combined = multiply(field, shift, combined) ^ own;
  }
  return Buffer.from(combined.toString(16).padStart(field.bits / 4, "0"), "hex").toString("base64");
}

/** Polynomials of less than `bits` terms, reflected: the highest bit is x^0. */
interface Field {
  readonly bits: number;
  readonly polynomial: bigint;
}

function fieldOf(algorithm: CrcAlgorithm): Field {
  switch (algorithm) {
    case "CRC32":
      return { bits: 32, polynomial: polynomial32 };
    case "CRC32C":
      return { bits: 32, polynomial: polynomial32c };
    case "CRC64NVME":
      return { bits: 64, polynomial: polynomial64 };
  }
}

function multiply({ bits, polynomial }: Field, a: bigint, b: bigint): bigint {
  let product = 0n;
  let shifted = b;
  for (let term = 1n << BigInt(bits - 1); term > 0n; term >>= 1n) {
    if (a & term) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
  }
  return product;
}

/** x to the power of `exponent`, by squaring. */
function powerOfX(field: Field, exponent: number): bigint {
  const one = 1n << BigInt(field.bits - 1);
  let power = one;
  let square = one >> 1n;
  for (let left = BigInt(exponent); left > 0n; left >>= 1n) {
    if (left & 1n) power = multiply(field, square, power);
    square = multiply(field, square, square);
  }
  return power;
}
