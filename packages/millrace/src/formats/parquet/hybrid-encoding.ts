import type { ByteSink } from "./byte-sink.ts";

/** Bits that hold every value up to `max`. */
export function bitWidthOf(max: number): number {
  return max === 0 ? 0 : 32 - Math.clz32(max);
}

/** What is repeated that often is worth a run of its own. */
const minRun = 8;

/**
 * The hybrid of run lengths and bit packing (RLE) for levels and for indexes into a dictionary.
 *
 * run     := { count << 1, varint; value, little-endian in as many bytes as the width needs }
 * literal := { groups of eight << 1 | 1, varint; values, each in `width` bits, lowest bit first }
 */
export function encodeHybrid(
  values: ArrayLike<number>,
  from: number,
  to: number,
  width: number,
  out: ByteSink,
): void {
  let literalFrom = from;
  let at = from;
  while (at < to) {
    const value = values[at];
    let end = at + 1;
    while (end < to && values[end] === value) end += 1;
    // Literals come in eights: what they lack is taken from the run.
    const lacking = (8 - ((at - literalFrom) % 8)) % 8;
    if (end - at - lacking >= minRun) {
      putLiterals(values, literalFrom, at + lacking, width, out);
      putRun(end - at - lacking, value ?? 0, width, out);
      literalFrom = end;
    }
    at = end;
  }
  putLiterals(values, literalFrom, to, width, out);
}

function putRun(count: number, value: number, width: number, out: ByteSink): void {
  out.varint(count * 2);
  for (let bits = 0; bits < width; bits += 8) out.byte((value >>> bits) & 0xff);
}

function putLiterals(
  values: ArrayLike<number>,
  from: number,
  to: number,
  width: number,
  out: ByteSink,
): void {
  if (from === to) return;
  const groups = Math.ceil((to - from) / 8);
  out.varint(groups * 2 + 1);
  out.reserve(groups * width + 4);
  const bytes = out.bytes;
  let at = out.length;
  let pending = 0;
  let pendingBits = 0;
  // Widths stay below 24, so what is pending fits in 31 bits.
  for (let index = from; index < to; index++) {
    pending |= (values[index] ?? 0) << pendingBits;
    pendingBits += width;
    while (pendingBits >= 8) {
      bytes[at++] = pending;
      pending >>>= 8;
      pendingBits -= 8;
    }
  }
  const end = out.length + groups * width;
  while (at < end) {
    bytes[at++] = pending;
    pending >>>= 8;
  }
  out.length = end;
}
