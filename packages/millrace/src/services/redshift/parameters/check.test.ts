import { expect, it } from "vitest";
import { checkedValues } from "./check.ts";

const check = (name: string, value: string): Readonly<Record<string, string>> =>
  checkedValues([{ ParameterName: name, ParameterValue: value }]);

it.each([
  ["statement_timeout", "0"],
  ["statement_timeout", "100"],
  ["extra_float_digits", "-15"],
  ["extra_float_digits", "2"],
  ["max_concurrency_scaling_clusters", "10"],
  ["datestyle", "SQL, DMY"],
  ["search_path", "$user, sales"],
  ["query_group", "etl"],
  ["use_fips_ssl", "false"],
  ["wlm_json_configuration", '[{"auto_wlm":true}]'],
])("%s may be %s", (name, value) => {
  expect(check(name, value)).toEqual({ [name]: value });
});

it("booleans are kept in lower case", () => {
  expect(check("require_ssl", "TRUE")).toEqual({ require_ssl: "true" });
});

it.each([
  ["statement_timeout", "99"],
  ["statement_timeout", "2147483648"],
  ["statement_timeout", "1e3"],
  ["extra_float_digits", "3"],
  ["extra_float_digits", ""],
  ["require_ssl", "yes"],
  ["datestyle", "ISO, ISO"],
  ["datestyle", "today"],
  ["search_path", " "],
  ["query_group", "a\u0000b"],
  ["query_group", "x".repeat(1025)],
  ["wlm_json_configuration", "{}"],
  ["wlm_json_configuration", "[1]"],
  ["wlm_json_configuration", "[{"],
  ["wlm_json_configuration", `[{"a":"${"x".repeat(8000)}"}]`],
])("%s may not be %s", (name, value) => {
  expect(() => check(name, value)).toThrow(`Invalid value for parameter ${name}`);
});

it("an unknown parameter, a missing value and a repeated name are refused", () => {
  expect(() => check("shared_buffers", "1")).toThrow("Could not find parameter with name: shared_buffers");
  expect(() => check("__proto__", "1")).toThrow("Could not find parameter");
  expect(() => checkedValues([{ ParameterName: "datestyle" }])).toThrow("must be given");
  const twice = { ParameterName: "query_group", ParameterValue: "a" };
  expect(() => checkedValues([twice, twice])).toThrow("given twice");
});

it("a FIPS library is not promised", () => {
  expect(() => check("use_fips_ssl", "true")).toThrow("not implemented by Millrace");
});
