import { describe, expect, it } from "vitest";
import { importTable } from "./import-table.ts";
import { treeOf } from "./tree.ts";

const src = "packages/millrace/src";

/** What the table says about one import, written in `path`. */
function check(path: string, text: string): readonly string[] {
  const manifest = JSON.stringify({ dependencies: { pino: "1.0.0" } });
  const tree = treeOf({ "packages/millrace/package.json": manifest, [path]: text });
  return importTable(tree).map((finding) => finding.message);
}

describe("imports that the table allows", () => {
  const allowed: readonly [string, string][] = [
    [`${src}/core/a.ts`, 'import { b } from "./b.ts"; import { c } from "node:fs"; import pino from "pino";'],
    [`${src}/kernels/log/a.ts`, 'import { b } from "../../core/b.ts"; import { c } from "./deep/c.ts";'],
    [
      `${src}/kernels/warehouse/a.ts`,
      'import { b } from "../catalog/port.ts"; import { c } from "../../sql/c.ts";',
    ],
    [`${src}/kernels/streaming/a.ts`, 'import { b } from "../log/reader-port.ts";'],
    [`${src}/services/kinesis/a.ts`, 'import { bindOperations } from "../../gateway/service.ts";'],
    [`${src}/services/kinesis/a.ts`, 'import type { Codec } from "../../gateway/shape/codec.ts";'],
    [
      `${src}/services/kinesis/operations/a.ts`,
      'import { b } from "../state.ts"; import { c } from "../../../kernels/log/c.ts";',
    ],
    [`${src}/services/kinesis/test-a.ts`, 'import { b } from "../../gateway/test-operations.ts";'],
    [`${src}/services/kinesis/a.ts`, 'import type { X } from "@aws-sdk/client-kinesis";'],
    [`${src}/services/kinesis/a.test.ts`, 'import { X } from "@aws-sdk/client-kinesis";'],
    [`${src}/listeners/kafka/a.ts`, 'import { b } from "../../formats/b.ts";'],
    [`${src}/engines/spark/a.ts`, 'import type { B } from "../../kernels/runner/port.ts";'],
    [`${src}/server/engines.ts`, 'export const load = () => import("../engines/spark/index.ts");'],
    [`${src}/server/a.ts`, 'import { b } from "../services/kinesis/index.ts";'],
    [`${src}/cli/main.ts`, 'import { b } from "../server/b.ts";'],
    [`${src}/index.ts`, 'export { b } from "./server/b.ts";'],
    [`${src}/core/a.test.ts`, 'import { b } from "./test-clock.ts";'],
    [`${src}/services/glue/operations.ts`, 'import { b } from "./operations/test-connection.ts";'],
    ["packages/console/src/a.ts", 'import { useState } from "react";'],
  ];
  it.each(allowed)("%s: %s", (path, text) => {
    expect(check(path, text)).toEqual([]);
  });
});

describe("imports that the table refuses", () => {
  const refused: readonly [string, string, RegExp][] = [
    [`${src}/core/a.ts`, 'import { b } from "../gateway/b.ts";', /core may not import gateway/],
    [`${src}/core/a.ts`, 'export { b } from "../sql/b.ts";', /core may not import sql/],
    [`${src}/core/a.ts`, 'export * from "../sql/b.ts";', /core may not import sql/],
    [`${src}/core/a.ts`, 'type B = import("../sql/b.ts").B;', /core may not import sql/],
    [
      `${src}/kernels/log/a.ts`,
      'import type { B } from "../objects/port.ts";',
      /kernels\/log may not import kernels\/objects/,
    ],
    [`${src}/kernels/warehouse/a.ts`, 'import { b } from "../catalog/tables.ts";', /port\.ts/],
    [
      `${src}/kernels/warehouse/a.ts`,
      'import { b } from "../runner/port.ts";',
      /may not import kernels\/runner/,
    ],
    [
      `${src}/services/kinesis/a.ts`,
      'import type { B } from "../firehose/b.ts";',
      /what two services share is a kernel/,
    ],
    [
      `${src}/services/kinesis/a.ts`,
      'import { b } from "../../gateway/dispatch.ts";',
      /gateway\/\{call,http,service,tokens\}/,
    ],
    [`${src}/services/kinesis/a.ts`, 'import { b } from "../../gateway/test-b.ts";', /is there for tests/],
    [
      `${src}/services/kinesis/a.test.ts`,
      'import { b } from "../../gateway/dispatch.ts";',
      /gateway\/\{call,http,service,tokens\}/,
    ],
    [`${src}/services/kinesis/a.ts`, 'import { b } from "../../sql/b.ts";', /may not import sql/],
    [
      `${src}/gateway/a.ts`,
      'import { b } from "../services/kinesis/b.ts";',
      /gateway may not import services\/kinesis/,
    ],
    [
      `${src}/gateway/a.ts`,
      'export const b = import("../engines/spark/index.ts");',
      /may not import engines\/spark/,
    ],
    [
      `${src}/engines/spark/a.ts`,
      'import { b } from "../../kernels/runner/tasks.ts";',
      /may not import kernels\/runner/,
    ],
    [`${src}/server/a.ts`, 'import { b } from "../engines/spark/index.ts";', /by import\(\)/],
    [`${src}/cli/a.ts`, 'import { b } from "../kernels/log/b.ts";', /cli may not import kernels\/log/],
    [`${src}/surprise/a.ts`, 'import { b } from "../core/b.ts";', /surprise is no folder of the house/],
    [`${src}/core/a.ts`, "export const b = (name: string) => import(name);", /literal path/],
    [`${src}/core/a.ts`, 'import { b } from "../../../../tests/b.ts";', /imports nothing outside/],
    [`${src}/core/a.ts`, 'import { x } from "left-pad";', /left-pad is missing when Millrace is installed/],
    [
      `${src}/core/a.ts`,
      'import { X } from "@aws-sdk/client-kinesis/deep";',
      /@aws-sdk\/client-kinesis is missing/,
    ],
    [`${src}/core/a.ts`, 'import { b } from "./test-clock.ts";', /is there for tests/],
    ["packages/console/src/a.ts", 'import { b } from "../../millrace/src/core/b.ts";', /public HTTP APIs/],
    ["packages/console/src/a.ts", 'import { b } from "millrace";', /public HTTP APIs/],
  ];
  it.each(refused)("%s: %s", (path, text, message) => {
    expect(check(path, text)).toEqual([expect.stringMatching(message)]);
  });

  it("names the line", () => {
    const tree = treeOf({ [`${src}/core/a.ts`]: '// One.\n// Two.\nimport { b } from "../sql/b.ts";\n' });
    expect(importTable(tree)).toMatchObject([{ path: `${src}/core/a.ts`, line: 3, rule: "import-table" }]);
  });
});
