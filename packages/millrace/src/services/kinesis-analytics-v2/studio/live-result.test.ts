import { expect, it } from "vitest";
import { LiveResult } from "./live-result.ts";

const columns = [
  { name: "word", type: "STRING" },
  { name: "count", type: "BIGINT" },
];

it("shows the table as its changes leave it", () => {
  const live = new LiveResult(columns, "update");
  live.add([
    { kind: "+I", values: ["a", 1n] },
    { kind: "+I", values: ["b", 1n] },
    { kind: "-U", values: ["a", 1n] },
    { kind: "+U", values: ["a", 2n] },
    { kind: "+I", values: ["c", null] },
    { kind: "-D", values: ["b", 1n] },
  ]);
  expect(live.table()).toEqual({
    columns,
    rows: [
      ["a", "2"],
      ["c", "NULL"],
    ],
    changes: 6,
  });
});

it("counts equal rows, and does not mind what it never had", () => {
  const live = new LiveResult(columns, "update");
  live.add([
    { kind: "+I", values: ["a", 1] },
    { kind: "+I", values: ["a", 1] },
    { kind: "-D", values: ["a", 1] },
    { kind: "-D", values: ["z", 1] },
  ]);
  expect(live.table().rows).toEqual([["a", "1"]]);
});

it("shows what came, or the last of it", () => {
  const changes = [
    { kind: "+I", values: ["a", { b: [1n] }] },
    { kind: "+I", values: ["b", true] },
  ] as const;
  const append = new LiveResult(columns, "append");
  append.add(changes);
  expect(append.table().rows).toEqual([
    ["a", '{"b":["1"]}'],
    ["b", "true"],
  ]);
  const single = new LiveResult(columns, "single");
  single.add(changes);
  expect(single.table().rows).toEqual([["b", "true"]]);
});

it.each(["update", "append"] as const)("keeps the newest of many rows (%s)", (mode) => {
  const live = new LiveResult(columns, mode);
  for (let index = 0; index < 5_000; index++) live.add([{ kind: "+I", values: ["w".repeat(5_000), index] }]);
  const { rows, changes } = live.table();
  expect(rows).toHaveLength(1_000);
  expect(rows.at(-1)?.[1]).toBe("4999");
  expect(rows[0]?.[0]).toHaveLength(4_097);
  expect(changes).toBe(5_000);
});
