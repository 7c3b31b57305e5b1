import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { TestCopy } from "./test-copy.ts";

let copy: TestCopy;
beforeAll(async () => {
  copy = await TestCopy.start();
});
afterAll(() => copy[Symbol.asyncDispose]());

describe("delimited", () => {
  beforeEach(() =>
    copy.session.rows("drop table if exists t; create table t(a int, b varchar(10), c numeric(8,2))"),
  );

  test("pipes by default, nulls and empties", async () => {
    expect(await copy.copy("t", "1|x|2.5\n|\\N|\n3||7\n")).toEqual(["1|x|2.50", "∅|∅|∅", "3||7.00"]);
    expect(copy.session.notices.at(-1)).toMatchObject({
      severity: "INFO",
      message: "Load into table 't' completed, 3 record(s) loaded successfully.",
    });
    expect(await copy.session.rows("select pg_last_copy_count()")).toEqual([["3"]]);
  });
});
