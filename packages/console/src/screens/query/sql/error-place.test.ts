import { expect, it } from "vitest";
import { placeOfError } from "./error-place.ts";

it("the place that a message gives", () => {
  expect(placeOfError('ERROR: syntax error at or near "frm"\n  Position: 10', "select 1 frm t")).toEqual({
    from: 9,
    to: 12,
  });
  expect(placeOfError("line 2, column 3: column 'x' not found", "select\n  x")).toEqual({ from: 9, to: 10 });
});

it("else the name that it is about", () => {
  const text = "select known, unknown_col from t";
  expect(placeOfError('ERROR: column "unknown_col" does not exist in t', text)).toEqual({ from: 14, to: 25 });
  expect(placeOfError('ERROR: column "now" does not exist', text)).toBeUndefined();
  expect(placeOfError('ERROR: operator "*(" failed', text)).toBeUndefined();
});

it("places outside of the text are no places", () => {
  expect(placeOfError("Position: 99", "select 1")).toBeUndefined();
  expect(placeOfError("Position: 9", "select 1")).toEqual({ from: 7, to: 8 });
  expect(placeOfError("Position: 0", "")).toBeUndefined();
});
