import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ShardIterators } from "./shard-iterator.ts";

describe("ShardIterators", () => {
  const iterators = new ShardIterators(randomBytes(32));
  const position = { streamId: "0123456789abcdefghij-klm", shard: 4_000_000_000, offset: 2 ** 45 + 1 };
  const token = iterators.seal(position, 1_795_000_000_123);

  it("give back the position and the time", () => {
    expect(iterators.open(token)).toEqual({ ...position, createdMs: 1_795_000_000_123 });
    expect(token.startsWith("AAAAAAAAAA")).toBe(true);
  });

  it("tolerate the quotes that shell users paste", () => {
    expect(iterators.open(`"${token}"`)?.offset).toBe(position.offset);
  });

  it("refuse each single changed byte, a cut one, another key's and plain garbage", () => {
    const bytes = Buffer.from(token, "base64");
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(iterators.open(changed.toString("base64"))).toBeUndefined();
    }
    expect(iterators.open(token.slice(0, -4))).toBeUndefined();
    expect(new ShardIterators(randomBytes(32)).open(token)).toBeUndefined();
    for (const text of ["", "x", "AAAAAAAAAAE=", "é".repeat(100)])
      expect(iterators.open(text)).toBeUndefined();
  });
});
