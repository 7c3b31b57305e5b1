import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ManualClock } from "../core/clock.ts";
import { PageTokens, type TokenScope } from "./tokens.ts";

const scope: TokenScope = {
  operation: "ListShards",
  account: "000000000000",
  region: "us-east-1",
  filters: { stream: "a", limit: undefined },
};

function tokens(clock = new ManualClock(), key = Buffer.alloc(32, 7)): PageTokens {
  return new PageTokens({ key, clock });
}

describe("PageTokens", () => {
  it("returns the position that was sealed", () => {
    const position = { after: "shardId-000000000007", depth: [1, null, true] };
    expect(tokens().open(scope, tokens().seal(scope, position))).toEqual({ kind: "valid", position });
  });

  it("is bound to operation, account, region and filters", () => {
    const token = tokens().seal(scope, 1);
    const others: TokenScope[] = [
      { ...scope, operation: "ListStreams" },
      { ...scope, account: "111111111111" },
      { ...scope, region: "eu-west-1" },
      { ...scope, filters: { stream: "b" } },
    ];
    for (const other of others) expect(tokens().open(other, token)).toEqual({ kind: "invalid" });
    expect(tokens().open({ ...scope, filters: { stream: "a" } }, token).kind).toBe("valid");
  });

  it("refuses another key, any changed character, a cut and an addition", () => {
    const token = tokens().seal(scope, "x".repeat(40));
    expect(tokens(new ManualClock(), randomBytes(32)).open(scope, token).kind).toBe("invalid");
    for (let index = 0; index < token.length; index++) {
      const other = token[index] === "A" ? "B" : "A";
      const forged = token.slice(0, index) + other + token.slice(index + 1);
      expect(tokens().open(scope, forged).kind).toBe("invalid");
      expect(tokens().open(scope, token.slice(0, index)).kind).toBe("invalid");
    }
    expect(tokens().open(scope, `${token}A`).kind).toBe("invalid");
    expect(tokens().open(scope, `${token}=`).kind).toBe("invalid");
    expect(tokens().open(scope, "ü".repeat(5000)).kind).toBe("invalid");
  });

  it("tells expired from invalid", () => {
    const clock = new ManualClock();
    const sealed = tokens(clock).seal(scope, 1, 300_000);
    clock.advance(299_999);
    expect(tokens(clock).open(scope, sealed).kind).toBe("valid");
    clock.advance(1);
    expect(tokens(clock).open(scope, sealed).kind).toBe("expired");
  });
});
