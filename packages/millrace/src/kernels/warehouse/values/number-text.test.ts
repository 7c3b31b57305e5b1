import { describe, expect, it } from "vitest";
import { decimalText, floatText, realText, rescaled } from "./number-text.ts";

describe("floats as PostgreSQL prints them", () => {
  it.each([
    [0, "0"],
    [-0, "-0"],
    [1, "1"],
    [-1.5, "-1.5"],
    [0.1, "0.1"],
    [0.1 + 0.2, "0.30000000000000004"],
    [100_000_000_000_000, "100000000000000"],
    [1e15, "1e+15"],
    [123456789012345680, "1.2345678901234568e+17"],
    [567194338768964000, "5.6719433876896397e+17"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [5e-324, "5e-324"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("%d shortest is %s", (value, text) => {
    expect(floatText(value, 1)).toBe(text);
  });

  it.each([
    [0.1 + 0.2, 0, "0.3"],
    [1 / 3, 0, "0.333333333333333"],
    [8376588111646105, 0, "8.3765881116461e+15"],
    [1 / 3, -5, "0.3333333333"],
    [2 / 3, -15, "0.7"],
    [1e15, 0, "1e+15"],
    [999_999_999_999_999, 0, "999999999999999"],
    [9_999_999_999_999_996, 0, "1e+16"],
    [0.00012345, 0, "0.00012345"],
  ])("%d with extra_float_digits %i is %s", (value, digits, text) => {
    expect(floatText(value, digits)).toBe(text);
  });

  it.each([
    [0.1, 1, "0.1"],
    [0.3, 0, "0.3"],
    [16_777_216, 1, "1.6777216e+07"],
    [123_456, 1, "123456"],
    [82_460_896, 1, "8.2460896e+07"],
    [1_234_567, 1, "1.234567e+06"],
    [1 / 3, 1, "0.33333334"],
    [1 / 3, 0, "0.333333"],
    [1_243_245, 0, "1.24324e+06"],
    [1_243_255, 0, "1.24326e+06"],
    [3.4028234663852886e38, 1, "3.4028235e+38"],
    [1e-45, 1, "1e-45"],
  ])("real %d with extra_float_digits %i is %s", (value, digits, text) => {
    expect(realText(Math.fround(value), digits)).toBe(text);
  });
});

describe("decimals", () => {
  it.each([
    [0n, 0, "0"],
    [0n, 2, "0.00"],
    [5n, 3, "0.005"],
    [-5n, 3, "-0.005"],
    [-12_345n, 2, "-123.45"],
    [10n ** 38n - 1n, 38, `0.${"9".repeat(38)}`],
  ])("%s of scale %i is %s", (unscaled, scale, text) => {
    expect(decimalText(unscaled, scale)).toBe(text);
  });

  it.each([
    [15n, 1, 0, 2n],
    [-15n, 1, 0, -2n],
    [14n, 1, 0, 1n],
    [-249n, 2, 0, -2n],
    [7n, 0, 3, 7_000n],
  ])("%s from scale %i to %i is %s", (unscaled, from, to, expected) => {
    expect(rescaled(unscaled, from, to)).toBe(expected);
  });
});
