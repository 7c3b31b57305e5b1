import { timingSafeEqual } from "node:crypto";

/** Compares in a time that tells nothing but the lengths. */
export function sameText(a: string, b: string): boolean {
  const bytesA = Buffer.from(a, "utf8");
  const bytesB = Buffer.from(b, "utf8");
  return bytesA.length === bytesB.length && timingSafeEqual(bytesA, bytesB);
}
