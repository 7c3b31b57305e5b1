import { describe, expect, it } from "vitest";
import { rotatedIndex } from "./search-index.ts";

describe("the index of a record", () => {
  const arrival = Date.UTC(2016, 1, 25, 13);

  it.each([
    ["NoRotation", "myindex"],
    ["OneHour", "myindex-2016-02-25-13"],
    ["OneDay", "myindex-2016-02-25"],
    ["OneMonth", "myindex-2016-02"],
  ] as const)("with %s is %s, as AWS's page says", (period, index) => {
    expect(rotatedIndex("myindex", period, arrival)).toBe(index);
  });

  // Weeks begin on Sunday; the first one is the one with the year's first Saturday.
  it.each([
    ["2016-01-01T00:00:00Z", "i-2016-w01"],
    ["2016-01-02T23:59:59.999Z", "i-2016-w01"],
    ["2016-01-03T00:00:00Z", "i-2016-w02"],
    ["2015-12-27T00:00:00Z", "i-2016-w01"],
    ["2015-12-26T23:59:59Z", "i-2015-w52"],
    ["2020-08-12T00:00:00Z", "i-2020-w33"],
    ["2022-12-31T00:00:00Z", "i-2022-w53"],
    ["2023-01-01T00:00:00Z", "i-2023-w01"],
  ])("of %s belongs to the week %s", (time, index) => {
    expect(rotatedIndex("i", "OneWeek", Date.parse(time))).toBe(index);
  });
});
