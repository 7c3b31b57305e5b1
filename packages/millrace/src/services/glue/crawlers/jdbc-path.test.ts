import { describe, expect, it } from "vitest";
import { likeMatcher, parseJdbcPath } from "./jdbc-path.ts";

describe("paths of JDBC targets", () => {
  it("name a database, a schema and tables", () => {
    expect(parseJdbcPath("shop/public/%")).toEqual({ database: "shop", schema: "public", table: "%" });
    expect(parseJdbcPath("shop/orders")).toEqual({ database: "shop", schema: undefined, table: "orders" });
    expect(parseJdbcPath("shop")).toEqual({ database: "shop", schema: undefined, table: "%" });
    expect(parseJdbcPath("shop/")).toEqual({ database: "shop", schema: undefined, table: "%" });
    for (const path of ["", "/", "%/x", "a//b", "a/b/c/d", "/a"]) expect(parseJdbcPath(path)).toBeUndefined();
  });

  it("have % as their only wildcard", () => {
    expect(["a_b", "ab", "a1b"].filter(likeMatcher("a_b"))).toEqual(["a_b"]);
    expect(["user_by_hour", "by_hour", "by_hours"].filter(likeMatcher("%by_hour"))).toEqual([
      "user_by_hour",
      "by_hour",
    ]);
    expect(["a*b", "axb", "{a}", "[a]", "a!"].filter(likeMatcher("a*b"))).toEqual(["a*b"]);
    expect(["{a}", "a"].filter(likeMatcher("{a}"))).toEqual(["{a}"]);
    expect(["a!", "a"].filter(likeMatcher("a!"))).toEqual(["a!"]);
    expect(["Orders", "orders"].filter(likeMatcher("orders"))).toEqual(["orders"]);
  });
});
