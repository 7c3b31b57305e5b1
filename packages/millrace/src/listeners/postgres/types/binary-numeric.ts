/**
 * Numerics in binary:
 *
 *   Redshift's (protocol version 2)  => the unscaled value, 8 or 16 bytes; the scale is in the modifier
 *   PostgreSQL's                     => Int16 groups, Int16 weight, Int16 sign, Int16 scale, Int16 group*
 *                                       where a group is four decimal digits
 */
const groupDigits = 4;
const groupSize = 10_000n;
const positive = 0x0000;
const negative = 0x4000;
/** Digits of a numeric that Redshift keeps in 8 bytes. */
const maxShortPrecision = 18;
const maxScale = 38;
const maxGroups = 64;

/** @param digits of the type's precision, which decides the size for good */
export function redshiftNumeric(unscaled: bigint, digits: number): Buffer {
  const bytes = Buffer.alloc(digits <= maxShortPrecision ? 8 : 16);
  if (bytes.length === 8) bytes.writeBigInt64BE(BigInt.asIntN(64, unscaled));
  else {
    bytes.writeBigInt64BE(BigInt.asIntN(64, unscaled >> 64n), 0);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, unscaled), 8);
  }
  return bytes;
}

export function postgresNumeric(unscaled: bigint, scale: number): Buffer {
  const size = unscaled < 0n ? -unscaled : unscaled;
  // The point must stand between two groups.
  const fractionGroups = Math.ceil(scale / groupDigits);
  let rest = size * 10n ** BigInt(fractionGroups * groupDigits - scale);
  const groups: number[] = [];
  for (; rest > 0n; rest /= groupSize) groups.unshift(Number(rest % groupSize));
  const weight = groups.length - fractionGroups - 1;
  while (groups.at(-1) === 0) groups.pop();
  const bytes = Buffer.alloc(8 + groups.length * 2);
  bytes.writeInt16BE(groups.length, 0);
  bytes.writeInt16BE(groups.length === 0 ? 0 : weight, 2);
  bytes.writeUInt16BE(unscaled < 0n ? negative : positive, 4);
  bytes.writeInt16BE(scale, 6);
  for (const [index, group] of groups.entries()) bytes.writeInt16BE(group, 8 + index * 2);
  return bytes;
}

/** The text of PostgreSQL's form; undefined for bytes that are not of it. NaN does not exist in Redshift. */
export function postgresNumericText(bytes: Buffer): string | undefined {
  if (bytes.length < 8) return undefined;
  const count = bytes.readInt16BE(0);
  const weight = bytes.readInt16BE(2);
  const sign = bytes.readUInt16BE(4);
  const scale = bytes.readInt16BE(6);
  if (count < 0 || count > maxGroups || bytes.length !== 8 + count * 2) return undefined;
  if ((sign !== positive && sign !== negative) || scale < 0 || scale > maxScale) return undefined;
  if (Math.abs(weight) > maxGroups) return undefined;
  let whole = "";
  let fraction = "0".repeat(Math.max(0, -1 - weight) * groupDigits);
  for (let index = 0; index < Math.max(count, weight + 1); index++) {
    const group = index < count ? bytes.readInt16BE(8 + index * 2) : 0;
    if (group < 0 || group >= 10_000) return undefined;
    const digits = String(group).padStart(groupDigits, "0");
    if (index <= weight) whole += digits;
    else fraction += digits;
  }
  const shown = fraction.padEnd(scale, "0").slice(0, scale);
  const integer = whole.replace(/^0+(?=\d)/, "") || "0";
  return `${sign === negative ? "-" : ""}${integer}${scale > 0 ? `.${shown}` : ""}`;
}
