import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MasterKey } from "./master-key.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "millrace-key-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("MasterKey", () => {
  it("is made once, readable by its owner only, and the same afterwards", async () => {
    const first = await MasterKey.load(dir);
    const sealed = first.seal("credentials", Buffer.from("secret"));
    const again = await MasterKey.load(dir);
    expect(again.open("credentials", sealed).toString()).toBe("secret");
    expect(statSync(join(dir, "master.key")).mode & 0o777).toBe(0o600);
  });

  it("opens only what was sealed for the same purpose, unchanged, under the same key", () => {
    const key = MasterKey.random();
    const sealed = key.seal("a", Buffer.from("secret"));
    expect(() => key.open("b", sealed)).toThrow();
    expect(() => MasterKey.random().open("a", sealed)).toThrow();
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => key.open("a", changed)).toThrow();
    }
    for (let length = 0; length < 28; length++)
      expect(() => key.open("a", sealed.subarray(0, length))).toThrow();
  });

  it("refuses a key file that holds something else", async () => {
    writeFileSync(join(dir, "master.key"), "too short");
    await expect(MasterKey.load(dir)).rejects.toThrow("32 bytes");
  });
});
