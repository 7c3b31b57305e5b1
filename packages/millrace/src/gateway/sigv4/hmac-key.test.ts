import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { HmacKey } from "./hmac-key.ts";

test("is node's HMAC for keys and texts of all lengths", () => {
  for (const keyBytes of [0, 1, 32, 63, 64, 65, 200]) {
    for (const text of ["", "a", "é日本", "x".repeat(64), "x".repeat(1_000)]) {
      const key = randomBytes(keyBytes);
      const expected = createHmac("sha256", key).update(text, "utf8").digest();
      expect(new HmacKey(key).hex(text)).toBe(expected.toString("hex"));
      expect(new HmacKey(key).bytes(text)).toEqual(expected);
    }
  }
});
