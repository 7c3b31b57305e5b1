import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Whether two texts or byte strings are the same, in a time that does not tell where they differ. */
export function sameBytes(given: Buffer, expected: Buffer): boolean {
  const key = expected.length.toString();
  const digest = (bytes: Buffer): Buffer => createHmac("sha256", key).update(bytes).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * PostgreSQL's answer to a request for an MD5 password.
 * @param stored hexadecimal MD5 of password and user name
 */
export function md5Response(stored: string, salt: Buffer): string {
  return `md5${createHash("md5").update(stored, "latin1").update(salt).digest("hex")}`;
}

/**
 * The answer of AWS's drivers to a request for a digest.
 * @param stored SHA-256 of password and salt
 */
export function digestResponse(stored: Buffer, serverNonce: Buffer, clientNonce: Buffer): Buffer {
  return createHash("sha256").update(stored).update(serverNonce).update(clientNonce).digest();
}

/** SHA-256 of password and salt, as CREATE USER keeps it. */
export function saltedHash(password: Buffer, salt: string): Buffer {
  return createHash("sha256").update(password).update(salt, "utf8").digest();
}
