import { expect, it } from "vitest";
import { failureText } from "./failure-text.ts";
import type { SqlFailure } from "./query.ts";

function failure(message: string, more: Partial<SqlFailure>): SqlFailure {
  return Object.assign(new Error(message), more);
}

it("marks the place, in its line", () => {
  const statement = "select a,\n  nope\nfrom t";
  const position = `${[...statement.slice(0, statement.indexOf("nope"))].length + 1}`;
  expect(
    failureText(failure("no such column", { severity: "ERROR", position, hint: "Look again." }), statement),
  ).toBe("ERROR:  no such column\nLINE 2:   nope\n          ^\nHINT:  Look again.");
});

it("counts characters, not UTF-16 units, and gives wide ones two cells", () => {
  expect(failureText(failure("bad", { position: "13" }), "select '😀', x")).toBe(
    `ERROR:  bad\nLINE 1: select '😀', x\n${" ".repeat(21)}^`,
  );
});

it("says no place that is not there", () => {
  expect(failureText(failure("bad", { position: "99" }), "select 1")).toBe("ERROR:  bad");
  expect(failureText(failure("bad", {}), "select 1")).toBe("ERROR:  bad");
});
