import { describe, expect, it } from "vitest";
import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { UnnestOperator } from "../plan/physical-plan.ts";
import { type ChangeRow, field, inserts, OperatorTest, types } from "./test-operators.ts";
import { Unnest } from "./unnest.ts";

const array = (element: FlinkType): FlinkType => ({ kind: "array", element, nullable: true });
const row: FlinkType = {
  kind: "row",
  fields: [
    { name: "x", type: types.bigint },
    { name: "y", type: types.string },
  ],
  nullable: true,
};
const multiset: FlinkType = { kind: "multiset", element: types.string, nullable: true };
const map: FlinkType = { kind: "map", key: types.string, value: types.bigint, nullable: true };

/** Rows (id, collection). */
function unnest(
  type: FlinkType,
  elements: readonly FlinkType[],
  more: Partial<UnnestOperator> = {},
  mode: "double" | "exact" = "double",
): OperatorTest {
  const fields = [field("id", types.bigint), field("items", type)];
  const spec: UnnestOperator = {
    ...{ kind: "unnest", isOuter: false, withOrdinality: false },
    collection: { kind: "column", type, index: 1 },
    ...more,
  };
  const ordinality = spec.withOrdinality ? [field("o", types.int)] : [];
  const out = [...fields, ...elements.map((element, index) => field(`e${index}`, element)), ...ordinality];
  return new OperatorTest((context) => new Unnest(spec, [fields], out, context), fields, [0], { mode });
}

/** What comes out, without the collection. */
const elementsOf = (test: OperatorTest): readonly (readonly Value[])[] =>
  test.take().map(([kind, id, , ...rest]) => [kind, id ?? null, ...rest]);

describe("a collection as rows", () => {
  it("of an array, with NULLs in it", () => {
    const test = unnest(array(types.bigint), [types.bigint]);
    test.push(
      inserts([
        [1, [7, null, 7]],
        [2, []],
        [3, null],
        [4, [9]],
      ]),
    );
    expect(elementsOf(test)).toEqual([
      ["+I", 1, 7],
      ["+I", 1, null],
      ["+I", 1, 7],
      ["+I", 4, 9],
    ]);
  });

  it("of an array, also when there are none, numbered", () => {
    const test = unnest(array(types.bigint), [types.bigint], { isOuter: true, withOrdinality: true });
    test.push(
      inserts([
        [1, [7, 8]],
        [2, []],
        [3, null],
      ]),
    );
    expect(elementsOf(test)).toEqual([
      ["+I", 1, 7, 1],
      ["+I", 1, 8, 2],
      ["+I", 2, null, null],
      ["+I", 3, null, null],
    ]);
  });

  it("of ROWs, whose fields are columns", () => {
    const test = unnest(array(row), [types.bigint, types.string], { withOrdinality: true });
    test.push(inserts([[1, [[5, "a"], null, [null, "b"]]]]));
    expect(elementsOf(test)).toEqual([
      ["+I", 1, 5, "a", 1],
      ["+I", 1, null, null, 2],
      ["+I", 1, null, "b", 3],
    ]);
  });

  it("of a MAP, and of a MULTISET as often as it holds an element", () => {
    const maps = unnest(map, [types.string, types.bigint]);
    maps.push(
      inserts([
        [
          1,
          new Map([
            ["a", 1],
            ["b", null],
          ] as const),
        ],
        [2, new Map()],
      ]),
    );
    expect(elementsOf(maps)).toEqual([
      ["+I", 1, "a", 1],
      ["+I", 1, "b", null],
    ]);
    const sets = unnest(multiset, [types.string], { withOrdinality: true });
    sets.push(
      inserts([
        [
          1,
          new Map([
            ["a", 2],
            ["b", 1],
          ]),
        ],
      ]),
    );
    expect(elementsOf(sets)).toEqual([
      ["+I", 1, "a", 1],
      ["+I", 1, "a", 2],
      ["+I", 1, "b", 3],
    ]);
  });

  it("has the kind of its row", () => {
    const test = unnest(array(types.bigint), [types.bigint]);
    const changes: readonly ChangeRow[] = [
      ["+I", 1, [7]],
      ["-U", 1, [7]],
      ["+U", 1, [8, 9]],
      ["-D", 1, [8, 9]],
    ];
    expect(elementsOf(test.push(changes))).toEqual([
      ...[
        ["+I", 1, 7],
        ["-U", 1, 7],
        ["+U", 1, 8],
      ],
      ...[
        ["+U", 1, 9],
        ["-D", 1, 8],
        ["-D", 1, 9],
      ],
    ]);
  });

  it("of exact integers, over a snapshot, which holds nothing", () => {
    const test = unnest(array(types.bigint), [types.bigint], {}, "exact");
    const big = 9_007_199_254_740_993n;
    expect(
      elementsOf(
        test
          .cut(2)
          .cut(1)
          .push(inserts([[1n, [big]]])),
      ),
    ).toEqual([["+I", 1n, big]]);
    expect(test.operators[0]?.stateBytes()).toBe(0);
  });

  it("of more elements than a batch holds", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => index);
    const test = unnest(array(types.bigint), [types.bigint]).push(
      inserts([
        [1, many],
        [2, many],
      ]),
    );
    expect(elementsOf(test)).toEqual([1, 2].flatMap((id) => many.map((element) => ["+I", id, element])));
  });
});
