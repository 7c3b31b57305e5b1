import { expect, it } from "vitest";
import { checkedValue, engineTimeZone, listItems } from "./setting-values.ts";
import { Settings } from "./settings.ts";

it.each([
  ["statement_timeout", ["5s"], "5000"],
  ["statement_timeout", ["2min"], "120000"],
  ["enable_case_sensitive_identifier", ["TRUE"], "on"],
  ["extra_float_digits", ["-3"], "-3"],
  ["search_path", ["$user", "public"], '"$user", public'],
  ["search_path", ["Has Blank"], '"Has Blank"'],
  ["datestyle", ["iso"], "ISO, MDY"],
  ["datestyle", ["US", "ISO"], "ISO, MDY"],
  ["timezone", ["us/pacific"], "us/pacific"],
  ["timezone", ["Europe/Berlin"], "Europe/Berlin"],
  ["timezone", ["-3"], "-3"],
  ["client_encoding", ["unicode"], "UTF8"],
  ["my.variable", ["x"], "x"],
])("%s = %j is %s", (name, values, shown) => {
  expect(checkedValue(name, values)).toBe(shown);
});

it.each([
  ["nothing", ["1"], "42704", 'unrecognized configuration parameter "nothing"'],
  ["statement_timeout", ["soon"], "22023", 'parameter "statement_timeout" requires an integer value'],
  [
    "extra_float_digits",
    ["9"],
    "22023",
    '9 is outside the valid range for parameter "extra_float_digits" (-15 .. 3)',
  ],
  ["auto_mv", ["maybe"], "22023", 'parameter "auto_mv" requires a Boolean value'],
  ["timezone", ["Nowhere/Land"], "22023", 'unrecognized time zone name: "Nowhere/Land"'],
  ["datestyle", ["lunar"], "22023", 'unrecognized "datestyle" key word: "lunar"'],
  ["datestyle", ["SQL", "DMY"], "0A000", 'DateStyle "SQL, DMY" is not supported; only ISO, MDY is'],
  ["datestyle", ["ISO, YMD"], "0A000", 'DateStyle "ISO, YMD" is not supported; only ISO, MDY is'],
  ["query_group", ["a", "b"], "42601", "SET query_group takes only one argument"],
])("refuses %s = %j", (name, values, sqlState, message) => {
  expect(() => checkedValue(name, values)).toThrow(expect.objectContaining({ sqlState, message }));
});

it("lists come back as they went in", () => {
  const items = ["$user", "public", 'odd "name"', "a, b"];
  expect(listItems(checkedValue("search_path", items))).toEqual(items);
});

it("offsets are zones to the engine", () => {
  expect(engineTimeZone("-3")).toBe("GMT-03:00");
  expect(engineTimeZone("5:30")).toBe("GMT+05:30");
  expect(engineTimeZone("Asia/Tokyo")).toBe("Asia/Tokyo");
});

it("a rollback takes SET back, a commit keeps it, SET LOCAL ends with both", () => {
  const settings = new Settings(new Map([["query_group", "from the user"]]));
  expect(settings.show("query_group")).toBe("from the user");
  settings.begin();
  settings.set("query_group", ["a"], false);
  settings.end(false);
  expect(settings.show("query_group")).toBe("from the user");
  settings.begin();
  settings.set("query_group", ["b"], false);
  settings.set("query_group", ["c"], true);
  expect(settings.show("query_group")).toBe("c");
  settings.end(true);
  expect(settings.show("query_group")).toBe("b");
  settings.set("query_group", undefined, false);
  expect(settings.show("query_group")).toBe("from the user");
});

it("what only the server sets cannot be set", () => {
  const settings = new Settings(new Map());
  expect(() => settings.set("server_version", ["9"], false)).toThrow(
    expect.objectContaining({ sqlState: "55P02" }),
  );
  expect(() => settings.set("require_ssl", ["on"], false)).toThrow(
    expect.objectContaining({ sqlState: "55P02" }),
  );
});
