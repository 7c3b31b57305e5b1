import { describe, expect, it } from "vitest";
import { cardHeight, cardWidth, curve, flowLayout } from "./flow-layout.ts";
import type { FlowShape } from "./flow-store.ts";
import { edgeId, type NodeKind } from "./topology.ts";

function shapeOf(names: readonly string[], pairs: readonly (readonly [string, string])[]): FlowShape {
  return {
    nodes: names.map((name) => ({
      id: name,
      kind: (name.split("-")[0] ?? "") as NodeKind,
      name,
      figures: {},
    })),
    edges: pairs.map(([from, to]) => ({
      ...{ from, to, kind: "puts", unit: "records" as const },
      ...{ recordsPerSecond: 0, bytesPerSecond: 0 },
    })),
  };
}

describe("flowLayout", () => {
  it("puts what follows to the right, and nothing upon something else", () => {
    const names = ["producer-a", "producer-b", "stream-s", "delivery-d", "bucket-l", "table-t", "cluster-c"];
    const shape = shapeOf(
      [...names, "cluster-alone", "bucket-alone"],
      [
        ["producer-a", "stream-s"],
        ["producer-b", "stream-s"],
        ["stream-s", "delivery-d"],
        ["delivery-d", "bucket-l"],
        ["bucket-l", "table-t"],
        ["table-t", "cluster-c"],
        ["bucket-l", "cluster-c"],
      ],
    );
    const { places, routes } = flowLayout(shape);
    expect(places.size).toBe(9);
    for (const { from, to } of shape.edges)
      expect(places.get(to)?.x).toBeGreaterThanOrEqual((places.get(from)?.x ?? 0) + cardWidth);
    const all = [...places.values()];
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= cardWidth || Math.abs(a.y - b.y) >= cardHeight).toBe(true);
    const around = routes.get(edgeId({ from: "bucket-l", to: "cluster-c" }));
    const table = places.get("table-t");
    expect(around?.bends.length).toBeGreaterThan(1);
    for (const { x, y } of around?.bends ?? []) {
      const isBeside = table !== undefined && x > table.x && x < table.x + cardWidth;
      if (isBeside) expect(y < table.y || y > table.y + cardHeight).toBe(true);
    }
  });

  it("is the same for the same shape, takes a circle, and an empty map", () => {
    const shape = shapeOf(
      ["stream-a", "application-b"],
      [
        ["stream-a", "application-b"],
        ["application-b", "stream-a"],
      ],
    );
    expect([...flowLayout(shape).places]).toEqual([...flowLayout(shape).places]);
    expect(flowLayout(shapeOf([], [])).places.size).toBe(0);
  });
});

it("draws a curve through points", () => {
  expect(curve([])).toBe("");
  expect(
    curve([
      { x: 0, y: 0 },
      { x: 10, y: 4 },
    ]),
  ).toBe("M0,0 C5,0 5,4 10,4");
});
