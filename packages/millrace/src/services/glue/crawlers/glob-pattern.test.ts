import { describe, expect, it } from "vitest";
import { GlobPattern, PatternError } from "./glob-pattern.ts";

const objects = [
  "departments/finance.json",
  "departments/market-us.json",
  "departments/market-emea.json",
  "departments/market-ap.json",
  "employees/hr.json",
  "employees/john.csv",
  "employees/jane.csv",
  "employees/juan.txt",
];

const matching = (pattern: string, texts: readonly string[] = objects): readonly string[] => {
  const glob = new GlobPattern(pattern);
  return texts.filter((text) => glob.matches(text));
};

describe("exclude patterns", () => {
  // The examples of https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html
  it("match as Glue documents them", () => {
    expect(matching("departments/**")).toEqual(objects.slice(0, 4));
    expect(matching("departments/market*")).toEqual(objects.slice(1, 4));
    expect(matching("**.csv")).toEqual(["employees/john.csv", "employees/jane.csv"]);
    expect(matching("employees/*.csv")).toEqual(["employees/john.csv", "employees/jane.csv"]);
    expect(matching("*.csv")).toEqual([]);
    expect(matching("*.csv", ["a.csv", "b/a.csv", ".csv", "a.csv.gz"])).toEqual(["a.csv", ".csv"]);
    expect(matching("*.{csv,avro}", ["a.csv", "b.avro", "c.json"])).toEqual(["a.csv", "b.avro"]);
    expect(matching("foo.?", ["foo.a", "foo.", "foo.ab", "foo./"])).toEqual(["foo.a"]);
    const folders = ["myfolder", "myfolder/mysource", "myfolder/mysource/data", "myfolder/a/b/c", "other/a"];
    expect(matching("myfolder/*", folders)).toEqual(["myfolder/mysource"]);
    expect(matching("myfolder/*/*", folders)).toEqual(["myfolder/mysource/data"]);
    expect(matching("myfolder/**", folders)).toEqual(folders.slice(1, 4));
    expect(matching("myfolder**", folders)).toEqual(folders.slice(0, 4));
    expect(matching("*", [".hidden", "a/b"])).toEqual([".hidden"]);
  });

  it("leave the first week of January 2015", () => {
    const days = [
      "2015/01/01/a",
      "2015/01/07/a",
      "2015/01/08/a",
      "2015/01/19/a",
      "2015/02/01/a",
      "2015/12/31/a",
    ];
    const patterns = ["2015/01/{[!0],0[8-9]}**", "2015/0[2-9]/**", "2015/1[0-2]/**"];
    const excluded = new Set(patterns.flatMap((pattern) => matching(pattern, days)));
    expect(days.filter((day) => !excluded.has(day))).toEqual(["2015/01/01/a", "2015/01/07/a"]);
  });

  it("know brackets and escapes", () => {
    expect(matching("[abce-g]", [..."abcdefgh-/"])).toEqual([..."abcefg"]);
    expect(matching("[!a-c]", [..."abcd-/"])).toEqual(["d", "-"]);
    expect(matching("[-x]", [..."-xy"])).toEqual(["-", "x"]);
    expect(matching("[!-x]", [..."-xy"])).toEqual(["y"]);
    expect(matching("[*?\\]", ["*", "?", "\\", "a"])).toEqual(["*", "?", "\\"]);
    expect(matching("\\{a\\}\\\\", ["{a}\\", "a"])).toEqual(["{a}\\"]);
    expect(matching("{,x}y", ["y", "xy", "xxy"])).toEqual(["y", "xy"]);
    expect(matching("日本/*", ["日本/東京", "日本/a/b"])).toEqual(["日本/東京"]);
    expect(matching("", ["", "a"])).toEqual([""]);
  });

  it.each(["[a", "{a,b", "{a{b}}", "a\\", "[z-a]", "*".repeat(1025)])("refuse %j", (pattern) => {
    expect(() => new GlobPattern(pattern)).toThrow(PatternError);
  });

  it("take no longer than their length times the text's", () => {
    // A backtracking matcher would not come back from this one.
    const glob = new GlobPattern(`${"**a".repeat(100)}b`);
    expect(glob.matches("a".repeat(1024))).toBe(false);
    expect(glob.matches(`${"a".repeat(1023)}b`)).toBe(true);
  });
});
