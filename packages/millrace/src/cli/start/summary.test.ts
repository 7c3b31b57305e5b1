import { expect, it } from "vitest";
import { hotkeyLines, hotkeys, jsonLine, plainLines, type StartedState, summary } from "./summary.ts";

const plain = { style: (_: unknown, text: string): string => text };
const state: StartedState = {
  version: "1.2.3",
  url: "http://127.0.0.1:4566",
  console: "http://127.0.0.1:4566/_millrace/console/",
  sql: { host: "127.0.0.1", port: 5439 },
  data: "./.millrace",
  durability: "sync",
  auth: "trust",
  account: "000000000000",
  startMs: 412,
  root: undefined,
  isForLocalStackClients: false,
  config: "millrace.config.ts",
};
const root = { account: "123456789012", accessKeyId: "AKIAX", secretKey: "hush" };

it("shows a person where everything is", () => {
  expect(summary(state, plain)).toEqual([
    "",
    "  Millrace 1.2.3  ready in 0.4 s",
    "",
    "  AWS APIs   http://127.0.0.1:4566",
    "  Redshift   127.0.0.1:5439",
    "  Console    http://127.0.0.1:4566/_millrace/console/",
    "  Data       ./.millrace",
    "  Settings   millrace.config.ts",
    "  Keys       any, such as test / test  account 000000000000",
    "",
  ]);
});

it("says what is not kept, what is not served, and a new root credential", () => {
  const lines = summary(
    { ...state, durability: "memory", console: undefined, sql: undefined, auth: "verify", root },
    plain,
  ).join("\n");
  expect(lines).toContain("in memory  gone at the end");
  expect(lines).toContain("AWS_SECRET_ACCESS_KEY=hush");
  expect(lines).not.toMatch(/Console|Redshift|test \/ test/);
});

it("tells programs in lines, the last of which says that it is ready", () => {
  expect(plainLines({ ...state, root }).slice(-2)).toEqual([
    "Redshift takes SQL clients on 127.0.0.1 port 5439",
    "Millrace is ready at http://127.0.0.1:4566",
  ]);
  expect(plainLines({ ...state, isForLocalStackClients: true }).slice(-2)).toEqual([
    "Ready.",
    "Millrace is ready at http://127.0.0.1:4566",
  ]);
  expect(jsonLine({ ...state, durability: "memory", console: undefined })).toMatchObject({
    url: "http://127.0.0.1:4566",
    data: null,
    console: null,
    rootCredential: null,
  });
});

it.each([200, 80, 40, 20])("fits the keys into %i columns", (columns) => {
  const lines = hotkeyLines(hotkeys, columns, plain);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(
    lines
      .join(" ")
      .split(/\s{2,}/)
      .filter(Boolean),
  ).toHaveLength(hotkeys.length);
});
