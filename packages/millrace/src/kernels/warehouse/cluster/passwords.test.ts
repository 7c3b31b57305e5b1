import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { expect, it } from "vitest";
import { loginSecretOf, passwordVerifiers } from "./passwords.ts";

it("a clear password is kept as three verifiers, none of which is it", () => {
  const { md5, digest, scram } = passwordVerifiers("bob", "Secret123");
  expect(md5).toBe(createHash("md5").update("Secret123bob").digest("hex"));
  expect(digest?.hash).toBe(createHash("sha256").update(`Secret123${digest?.salt}`).digest("hex"));
  const salted = pbkdf2Sync(
    "Secret123",
    Buffer.from(scram?.salt ?? "", "base64"),
    scram?.iterations ?? 0,
    32,
    "sha256",
  );
  expect(scram?.serverKey).toBe(createHmac("sha256", salted).update("Server Key").digest("base64"));
  expect(JSON.stringify({ md5, digest, scram })).not.toContain("Secret123");
});

it("verifiers are taken as they are", () => {
  const md5 = "0".repeat(32);
  expect(passwordVerifiers("bob", `md5${md5}`)).toEqual({ md5, digest: undefined, scram: undefined });
  const hash = "a".repeat(64);
  expect(passwordVerifiers("bob", `sha256|${hash}|salt`).digest).toEqual({ hash, salt: "salt" });
  const clear = passwordVerifiers("bob", "sha256|Mypassword1");
  expect(clear.md5).toBeUndefined();
  expect(clear.digest?.hash).toBe(
    createHash("sha256").update(`Mypassword1${clear.digest?.salt}`).digest("hex"),
  );
});

it.each([
  ["Short1", "at least 8"],
  [`Aa1${"x".repeat(62)}`, "at most 64"],
  ["alllower1", "uppercase"],
  ["ALLUPPER1", "lowercase"],
  ["NoNumbers", "number"],
  ["With blank 1", "printable"],
  ["With'quote1", "printable"],
  ["With@sign1", "printable"],
])("refuses %s", (password, reason) => {
  expect(() => passwordVerifiers("bob", password)).toThrow(reason);
});

it("no verifiers, no way in", () => {
  expect(loginSecretOf(undefined)).toEqual({ kind: "none" });
});
