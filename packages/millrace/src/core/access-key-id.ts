import { randomBytes } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const prefixLength = 4;
const idCharacters = 16;

/**
 * A new access key id that carries its account, as AWS's do.
 *
 * id   = "AKIA" (long-lived) / "ASIA" (temporary), then 16 characters of base32 (RFC 4648) = 80 bits
 * bits = 1, account number (40), random (39)
 */
export function newAccessKeyId(account: string, prefix: "AKIA" | "ASIA" = "AKIA"): string {
  if (!/^\d{12}$/.test(account)) throw new RangeError("an account has 12 digits");
  const random = BigInt(`0x${randomBytes(5).toString("hex")}`) & ((1n << 39n) - 1n);
  let bits = (1n << 79n) | (BigInt(account) << 39n) | random;
  let text = "";
  for (let i = 0; i < idCharacters; i++) {
    text = `${alphabet[Number(bits & 31n)]}${text}`;
    bits >>= 5n;
  }
  return prefix + text;
}

/** The account that an access key id carries, or undefined when it carries none. */
export function accountOfAccessKeyId(accessKeyId: string): string | undefined {
  if (!/^A[KS]IA[A-Z2-7]{16}$/.test(accessKeyId)) return undefined;
  let bits = 0n;
  for (const char of accessKeyId.slice(prefixLength)) bits = (bits << 5n) | BigInt(alphabet.indexOf(char));
  if (bits >> 79n !== 1n) return undefined;
  const account = (bits >> 39n) & ((1n << 40n) - 1n);
  return account < 1_000_000_000_000n ? account.toString().padStart(12, "0") : undefined;
}

/** A new secret: 240 random bits in 40 characters. */
export function newSecretKey(): string {
  return randomBytes(30).toString("base64");
}
