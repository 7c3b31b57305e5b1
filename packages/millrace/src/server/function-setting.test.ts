import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ConfigurationError, readConfiguration } from "./configuration.ts";
import { parseFunctions } from "./function-setting.ts";

const thisModule = fileURLToPath(import.meta.url);
const arn = "arn:aws:lambda:us-east-1:000000000000:function:f:live";

it("reads names and ARNs, modules and URLs", () => {
  expect(parseFunctions(` a = ${thisModule} ,${arn}=http://127.0.0.1:9000/path?x=1&y=2`)).toEqual([
    { name: "a", target: { kind: "module", path: resolve(thisModule) } },
    { name: arn, target: { kind: "http", url: "http://127.0.0.1:9000/path?x=1&y=2" } },
  ]);
  expect(parseFunctions("")).toEqual([]);
});

it.each([
  ["a"],
  ["a="],
  ["=./a.mjs"],
  ["a b=./a.mjs"],
  ["arn:aws:s3:::bucket=./a.mjs"],
  ["a=./nothing-there.mjs"],
  ["a=./package.json"],
  ["a=http://"],
  [`a=${thisModule},`],
  [`a=${thisModule},a=http://127.0.0.1/`],
  [Array.from({ length: 1001 }, (_, n) => `f${n}=http://127.0.0.1/`).join(",")],
])("refuses %s and names the flag, or the variable", (text) => {
  expect(() => readConfiguration(["--function", text], {})).toThrow(ConfigurationError);
  expect(() => readConfiguration([], { MILLRACE_FUNCTION: text })).toThrow(/^MILLRACE_FUNCTION "/);
});

it("takes a flag that is given several times, and the environment", () => {
  const flags = ["--function", `a=${thisModule}`, "--function", "b=http://127.0.0.1/"];
  expect(readConfiguration(flags, {}).functions.map(({ name }) => name)).toEqual(["a", "b"]);
  const environment = { MILLRACE_FUNCTION: "c=http://127.0.0.1/,d=http://127.0.0.1/" };
  expect(readConfiguration([], environment).functions.map(({ name }) => name)).toEqual(["c", "d"]);
  expect(readConfiguration([], {}).functions).toEqual([]);
});
