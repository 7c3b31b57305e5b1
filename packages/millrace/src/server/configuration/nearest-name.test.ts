import { expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

const names = ["port", "host", "logLevel", "redshiftPort", "objectStores"];

it.each([
  ["prot", "port"],
  ["log-level", "logLevel"],
  ["LOGLEVEL", "logLevel"],
  ["objectStore", "objectStores"],
  ["redshift_prt", "redshiftPort"],
  ["telescope", undefined],
  ["", undefined],
])("%s", (text, expected) => expect(nearestName(text, names)).toBe(expected));

it("does not measure what is far too long", () => {
  expect(nearestName("x".repeat(1_000_000), names)).toBeUndefined();
});
