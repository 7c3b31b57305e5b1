import { expect, it } from "vitest";
import { keySpace, layoutShards, middleOf, neighborsOf, type ShardSpan, shareText } from "./shard-layout.ts";

const half = keySpace / 2n;
const span = (
  id: string,
  start: bigint,
  end: bigint,
  parents: readonly string[] = [],
  isOpen = true,
): ShardSpan => ({
  ...{ id, start, end, parents, isOpen },
});

it("puts children below their parents; open shards reach to the last row", () => {
  const whole = span("0", 0n, keySpace - 1n, [], false);
  const left = span("1", 0n, half - 1n, ["0"], false);
  const right = span("2", half, keySpace - 1n, ["0"]);
  const leftLeft = span("3", 0n, half / 2n - 1n, ["1"]);
  const leftRight = span("4", half / 2n, half - 1n, ["1"]);
  const { shards, rows } = layoutShards([right, leftLeft, whole, left, leftRight]);
  expect(rows).toBe(3);
  expect(shards.map(({ id, row, rows: height, left: x, width }) => [id, row, height, x, width])).toEqual([
    ["0", 0, 1, 0, 1],
    ["1", 1, 1, 0, 0.5],
    ["2", 1, 2, 0.5, 0.5],
    ["3", 2, 1, 0, 0.25],
    ["4", 2, 1, 0.25, 0.25],
  ]);
  expect(shards[0]?.children).toEqual(["2", "1"]);
});

it("puts a merged shard below the younger of its parents", () => {
  const { shards } = layoutShards([
    span("0", 0n, half - 1n, [], false),
    span("1", half, keySpace - 1n, [], false),
    span("2", half, keySpace - half / 2n, ["1"], false),
    span("3", keySpace - half / 2n + 1n, keySpace - 1n, ["1"]),
    span("4", 0n, keySpace - half / 2n, ["0", "2"]),
  ]);
  expect(shards.map(({ id, row, rows }) => [id, row, rows])).toEqual([
    ["0", 0, 2],
    ["1", 0, 1],
    ["2", 1, 1],
    ["3", 1, 2],
    ["4", 2, 1],
  ]);
});

it("goes on when parents have expired, and without shards", () => {
  expect(layoutShards([span("7", 0n, keySpace - 1n, ["3"])])).toMatchObject({
    rows: 1,
    shards: [{ row: 0 }],
  });
  expect(layoutShards([])).toEqual({ shards: [], rows: 1 });
});

it("knows middles, neighbors and shares", () => {
  const left = span("0", 0n, half - 1n);
  const right = span("1", half, keySpace - 1n);
  expect(middleOf(left)).toBe(half / 2n);
  expect(neighborsOf(left, [left, right, span("2", half, half + 5n, [], false)])).toEqual([right]);
  expect(shareText(left)).toBe("50 %");
});
