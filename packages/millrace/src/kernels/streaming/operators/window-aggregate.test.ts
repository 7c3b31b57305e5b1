import { describe, expect, it } from "vitest";
import { call, inserts, types } from "./test-operators.ts";
import { cumulate, hop, tumble, windows } from "./test-windows.ts";

const { bigint } = types;

describe("TUMBLE", () => {
  it("emits a window once, when the watermark has come to its last millisecond", () => {
    const test = windows(tumble);
    test.push(
      inserts([
        ["a", 1, 0],
        ["b", 2, 9],
        ["a", 3, 9.999],
        ["a", 4, 10],
      ]),
    );
    expect(test.advance(8).take()).toEqual([]);
    expect(test.advance(9).take()).toEqual(
      inserts([
        ["a", 2, 4, 0, 10],
        ["b", 1, 2, 0, 10],
      ]),
    );
    expect(test.advance(18).take()).toEqual([]);
    expect(test.advance(Number.POSITIVE_INFINITY).take()).toEqual(inserts([["a", 1, 4, 10, 20]]));
    expect(test.operators[0]?.stateBytes()).toBe(0);
  });

  it("drops and counts rows of windows that have closed", () => {
    const test = windows(tumble);
    test
      .push(inserts([["a", 1, 1]]))
      .advance(9)
      .take();
    test.push(
      inserts([
        ["a", 1, 2],
        ["a", 5, 12],
        ["a", 1, -1],
      ]),
    );
    expect(test.operators[0]?.lateRows?.()).toBe(2);
    expect(test.cut().advance(30).take()).toEqual(inserts([["a", 1, 5, 10, 20]]));
    test.push(inserts([["a", 1, 29]]));
    expect(test.operators[0]?.lateRows?.()).toBe(1);
  });

  it("a row that is behind the watermark counts while its window is open", () => {
    const test = windows(tumble);
    test.push(inserts([["a", 1, 8]])).advance(8);
    test.push(inserts([["a", 2, 1]]));
    expect(test.advance(9).take()).toEqual(inserts([["a", 2, 3, 0, 10]]));
  });

  it("counts and drops rows whose time is NULL", () => {
    const test = windows(tumble);
    test
      .push(
        inserts([
          ["a", 1, null],
          ["a", 1, 3],
        ]),
      )
      .advance(50);
    expect(test.take()).toEqual(inserts([["a", 1, 1, 0, 10]]));
    expect(test.counted).toEqual(new Map([["time is NULL", 1]]));
  });

  it("knows offsets, times before 1970, NULL keys and the time of the window", () => {
    const properties = ["window_time", "window_start", "window_end"] as const;
    const test = windows({ ...tumble, offsetMs: 3 }, { properties });
    test
      .push(
        inserts([
          [null, 1, -8],
          [null, 1, -7],
          [null, 1, 2],
        ]),
      )
      .advance(50);
    expect(test.take()).toEqual(
      inserts([
        [null, 1, 1, -8, -17, -7],
        [null, 2, 2, 2, -7, 3],
      ]),
    );
  });

  it("has one group when there are no keys, and no row for a window without rows", () => {
    const test = windows(tumble, { keys: [] });
    test
      .push(
        inserts([
          ["a", 1, 1],
          ["b", 1, 2],
          ["c", 1, 55],
        ]),
      )
      .advance(100);
    expect(test.take()).toEqual(
      inserts([
        [2, 2, 0, 10],
        [1, 1, 50, 60],
      ]),
    );
  });

  it("goes on from a snapshot: in the same order, by two subtasks, in the other mode", () => {
    const rows = inserts([
      ["c", 1, 1],
      ["a", 2, 2],
      ["b", 3, 13],
      ["a", null, 3],
    ]);
    const more = inserts([
      ["a", 5, 4],
      ["d", 1, 5],
      ["b", 1, 14],
    ]);
    const expected = inserts([
      ["c", 1, 1, 0, 10],
      ["a", 3, 7, 0, 10],
      ["d", 1, 1, 0, 10],
      ["b", 2, 4, 10, 20],
    ]);
    expect(windows(tumble).push(rows).cut().push(more).advance(99).take()).toEqual(expected);
    const exact = windows(tumble).push(rows).cut(1, "exact").push(more).advance(99).take();
    expect(
      exact.map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value))),
    ).toEqual(expected);
    const two = windows(tumble).push(rows).cut(2).cut(3).cut(2).push(more).advance(99).take();
    expect(two.toSorted()).toEqual(expected.toSorted());
  });
});

describe("a changelog with updates", () => {
  it("is not taken", () => {
    expect(() => windows(tumble).push([["-D", "a", 1, 1]])).toThrow("takes inserts only");
  });
});

describe("HOP", () => {
  it("shares slices of windows that overlap", () => {
    const test = windows(hop);
    test
      .push(
        inserts([
          ["a", 1, 1],
          ["b", 2, 5],
          ["a", 4, 9],
        ]),
      )
      .cut()
      .advance(20);
    // Windows begin at -8, -4, 0, 4, 8.
    expect(test.take()).toEqual(
      inserts([
        ["a", 1, 1, -8, 2],
        ["a", 1, 1, -4, 6],
        ["b", 1, 2, -4, 6],
        ["a", 2, 5, 0, 10],
        ["b", 1, 2, 0, 10],
        ["b", 1, 2, 4, 14],
        ["a", 1, 4, 4, 14],
        ["a", 1, 4, 8, 18],
      ]),
    );
  });

  it("lets a late row into the windows that are open yet", () => {
    const test = windows(hop);
    test
      .push(inserts([["a", 1, 1]]))
      .advance(5)
      .take();
    test.push(
      inserts([
        ["a", 2, 3],
        ["b", 7, 0],
        ["a", 4, -5],
      ]),
    );
    expect(test.operators[0]?.lateRows?.()).toBe(1);
    expect(test.advance(40).take()).toEqual(
      inserts([
        ["a", 2, 3, 0, 10],
        ["b", 1, 7, 0, 10],
      ]),
    );
  });

  it("leaves out what lies between windows that leave gaps", () => {
    const test = windows({ kind: "hop", sizeMs: 2, slideMs: 5, offsetMs: 0 });
    test
      .push(
        inserts([
          ["a", 1, 1],
          ["a", 2, 3],
          ["a", 4, 5],
        ]),
      )
      .advance(40);
    expect(test.take()).toEqual(
      inserts([
        ["a", 1, 1, 0, 2],
        ["a", 1, 4, 5, 7],
      ]),
    );
    expect(test.operators[0]?.lateRows?.()).toBe(0);
  });

  it("DISTINCT counts a value once in each window", () => {
    const distinct = [call("count", [1], bigint, { isDistinct: true }), call("max", [1], bigint)];
    const test = windows({ kind: "hop", sizeMs: 4, slideMs: 2, offsetMs: 0 }, { calls: distinct });
    test
      .push(
        inserts([
          ["a", 1, 1],
          ["a", 1, 2],
          ["a", 2, 3],
        ]),
      )
      .advance(40);
    expect(test.take()).toEqual(
      inserts([
        ["a", 1, 1, -2, 2],
        ["a", 2, 2, 0, 4],
        ["a", 2, 2, 2, 6],
      ]),
    );
  });
});

describe("CUMULATE", () => {
  it("grows step by step, also through steps without rows", () => {
    const test = windows(cumulate);
    test
      .push(
        inserts([
          ["a", 1, 1],
          ["a", 2, 9],
          ["b", 4, 13],
        ]),
      )
      .advance(3);
    expect(test.take()).toEqual(inserts([["a", 1, 1, 0, 4]]));
    expect(test.cut(2).cut(1).advance(11).take()).toEqual(
      inserts([
        ["a", 1, 1, 0, 8],
        ["a", 2, 3, 0, 12],
      ]),
    );
    expect(test.advance(99).take()).toEqual(
      inserts([
        ["b", 1, 4, 12, 16],
        ["b", 1, 4, 12, 20],
        ["b", 1, 4, 12, 24],
      ]),
    );
    expect(test.operators[0]?.stateBytes()).toBe(0);
  });

  it("adds late rows to the windows that are open yet", () => {
    const test = windows(cumulate);
    test
      .push(inserts([["a", 1, 1]]))
      .advance(4)
      .take();
    test
      .push(
        inserts([
          ["a", 2, 2],
          ["b", 3, 0],
          ["c", 1, -1],
        ]),
      )
      .cut();
    expect(test.advance(11).take()).toEqual(
      inserts([
        ["a", 2, 3, 0, 8],
        ["b", 1, 3, 0, 8],
        ["a", 2, 3, 0, 12],
        ["b", 1, 3, 0, 12],
      ]),
    );
  });
});
