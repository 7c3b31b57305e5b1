import { expect, it } from "vitest";
import { parseJdbcUrl } from "./jdbc-url.ts";

it.each([
  ["jdbc:postgresql://db.internal:6432/shop", ["postgresql", "db.internal", 6432, "shop"]],
  ["jdbc:postgresql://db/shop?sslmode=require", ["postgresql", "db", 5432, "shop"]],
  ["jdbc:mysql://10.0.0.1/", ["mysql", "10.0.0.1", 3306, ""]],
  ["jdbc:mysql://[::1]:3307", ["mysql", "::1", 3307, ""]],
  ["jdbc:mysql://h/a%20b", ["mysql", "h", 3306, "a b"]],
  ["jdbc:mysql://h/a%zz", ["mysql", "h", 3306, "a%zz"]],
])("reads %s", (url, expected) => {
  const { engine, host, port, database } = parseJdbcUrl(url) ?? {};
  expect([engine, host, port, database]).toEqual(expected);
});

it("reads parameters", () => {
  expect(parseJdbcUrl("jdbc:mysql://h/d?a=1&b=x%20y")?.parameters).toEqual(
    new Map([
      ["a", "1"],
      ["b", "x y"],
    ]),
  );
});

it.each([
  "",
  "postgresql://h/d",
  "jdbc:oracle:thin:@h:1521:x",
  "jdbc:mysql://",
  "jdbc:mysql://h:0/d",
  "jdbc:mysql://h:65536/d",
  "jdbc:mysql://h1,h2/d",
  "jdbc:mysql://user:password@h/d",
  "jdbc:mysql://h /d",
  `jdbc:mysql://h/${"d".repeat(1024)}`,
])("does not read %s", (url) => {
  expect(parseJdbcUrl(url)).toBeUndefined();
});
