import { describe, expect, it } from "vitest";
import type { WindowSource } from "../plan/physical-plan.ts";
import { call, field, inserts, OperatorTest, type OperatorTestOptions, types } from "./test-operators.ts";
import { session, tumble, windowCalls, windowInput, windows } from "./test-windows.ts";
import { createWindowAggregate } from "./window-aggregate.ts";

const { string, bigint, time, instant } = types;

describe("SESSION", () => {
  it("ends a gap behind its last row", () => {
    const test = windows(session);
    test.push(
      inserts([
        ["a", 1, 0],
        ["b", 1, 2],
        ["a", 2, 5],
        ["a", 4, 11],
      ]),
    );
    expect(test.advance(5).take()).toEqual([]);
    expect(test.cut().advance(10).take()).toEqual(
      inserts([
        ["b", 1, 1, 2, 7],
        ["a", 2, 3, 0, 10],
      ]),
    );
    expect(test.advance(15).take()).toEqual(inserts([["a", 1, 4, 11, 16]]));
    expect(
      test.operators[0]?.snapshot().parts.every((part) => part.name === "progress" || part.rowCount === 0),
    ).toBe(true);
  });

  it("joins what a row connects, whatever the order", () => {
    const test = windows(session, {
      calls: [...windowCalls, call("listagg", [0], string), call("count", [1], bigint, { isDistinct: true })],
    });
    test
      .push(
        inserts([
          ["a", 1, 20],
          ["a", 1, 0],
          ["a", 1, 11],
        ]),
      )
      .push(inserts([["a", 1, 5]]))
      .cut();
    test
      .push(
        inserts([
          ["a", 7, 16],
          ["a", 1, 6],
        ]),
      )
      .advance(99);
    expect(test.take()).toEqual(inserts([["a", 6, 12, "a,a,a,a,a,a", 2, 0, 25]]));
  });

  it("drops a late row, unless it touches an open session", () => {
    const test = windows(session);
    test.push(inserts([["a", 1, 10]])).advance(12);
    test.push(
      inserts([
        ["a", 2, 6],
        ["b", 1, 6],
        ["a", 4, 0],
      ]),
    );
    expect(test.operators[0]?.lateRows?.()).toBe(2);
    expect(test.advance(99).take()).toEqual(inserts([["a", 2, 3, 6, 15]]));
  });

  it("has one session without keys", () => {
    const test = windows({ ...session, partition: [] }, { keys: [] });
    test
      .push(
        inserts([
          ["a", 1, 0],
          ["b", 2, 3],
        ]),
      )
      .advance(99);
    expect(test.take()).toEqual(inserts([[2, 3, 0, 8]]));
  });
});

describe("processing time", () => {
  const options = { window: { isEventTime: false } };

  it("puts rows into the window of the round, and wakes at its end", () => {
    const test = windows(tumble, options);
    test.push(inserts([["a", 1, null]]), 1003).advance(0, 1003);
    expect(test.operators[0]?.wakeAtMs()).toBe(1010);
    expect(
      test
        .cut()
        .push(inserts([["a", 2, null]]), 1009)
        .advance(0, 1009)
        .take(),
    ).toEqual([]);
    expect(test.advance(0, 1010).take()).toEqual(inserts([["a", 2, 3, 1000, 1010]]));
    expect(test.operators[0]?.wakeAtMs()).toBeUndefined();
  });

  it("of sessions ends a gap behind the last round with rows", () => {
    const test = windows(session, options);
    test.push(inserts([["a", 1, null]]), 1000).advance(0, 1000);
    test.push(inserts([["a", 2, null]]), 1004).advance(0, 1004);
    expect(test.advance(0, 1008).take()).toEqual([]);
    expect(test.advance(0, test.operators[0]?.wakeAtMs() ?? 0).take()).toEqual(
      inserts([["a", 2, 3, 1000, 1009]]),
    );
  });
});

describe("TIMESTAMP_LTZ", () => {
  const hour = 3_600_000;
  const day = 24 * hour;

  it("is aligned by the clock of the session's zone", () => {
    const properties = ["window_start", "window_end", "window_time"] as const;
    const test = windows(
      { kind: "tumble", sizeMs: day, offsetMs: 0 },
      { timeZone: "Asia/Shanghai", timeType: instant, properties },
    );
    test.push(
      inserts([
        ["a", 1, 15 * hour],
        ["a", 2, 16 * hour],
      ]),
    );
    expect(test.advance(16 * hour - 2).take()).toEqual([]);
    expect(test.advance(16 * hour - 1).take()).toEqual(inserts([["a", 1, 1, 0, day, 16 * hour - 1]]));
  });

  it("has both hours in the hour that comes twice", () => {
    const test = windows(
      { kind: "tumble", sizeMs: hour, offsetMs: 0 },
      { timeZone: "America/Los_Angeles", timeType: instant },
    );
    const first = Date.parse("2021-11-07T08:30:00Z");
    test.push(inserts([["a", 1, first]])).advance(first + 45 * 60_000);
    expect(test.take()).toEqual([]);
    test.push(inserts([["a", 2, first + hour]])).advance(Date.parse("2021-11-07T09:59:59.999Z"));
    const start = Date.parse("2021-11-07T01:00:00Z");
    expect(test.take()).toEqual(inserts([["a", 2, 3, start, start + hour]]));
  });
});

describe("windows of columns", () => {
  const source = {
    kind: "columns",
    startColumn: 2,
    endColumn: 3,
    isEventTime: true,
    isLocalTime: false,
  } as const;
  const fields = [...windowInput, field("end", time)];

  function columns(options: OperatorTestOptions = {}, window: WindowSource = source): OperatorTest {
    const properties = ["window_start", "window_end", "window_time"] as const;
    const spec = { kind: "windowAggregate", window, keys: [0], calls: windowCalls, properties } as const;
    const output = [
      field("k", string),
      field("c", bigint),
      field("s", bigint),
      field("a", time),
      field("b", time),
      field("w", time),
    ];
    return new OperatorTest(
      (context) => createWindowAggregate(spec, [fields], output, context),
      fields,
      [0],
      options,
    );
  }

  it("are told apart by start and end, and close by the end", () => {
    const test = columns();
    test.push(
      inserts([
        ["a", 1, 0, 10],
        ["a", 2, 0, 10],
        ["a", 4, 5, 10],
        ["b", 1, 0, 20],
      ]),
    );
    expect(test.cut(2).cut(1).advance(9).take()).toEqual(
      inserts([
        ["a", 2, 3, 0, 10, 9],
        ["a", 1, 4, 5, 10, 9],
      ]),
    );
    test.push(inserts([["a", 1, 0, 10]]));
    expect(test.operators[0]?.lateRows?.()).toBe(1);
    expect(test.advance(19).take()).toEqual(inserts([["b", 1, 1, 0, 20, 19]]));
  });

  it("of processing time close by the clock", () => {
    const test = columns({}, { ...source, isEventTime: false });
    test.push(inserts([["a", 1, 0, 10]]));
    expect(test.operators[0]?.wakeAtMs()).toBe(10);
    expect(test.advance(0, 9).take()).toEqual([]);
    expect(test.advance(0, 10).take()).toEqual(inserts([["a", 1, 1, 0, 10, 9]]));
  });
});
