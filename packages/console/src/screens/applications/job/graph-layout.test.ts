import { expect, it } from "vitest";
import { graphLayout, graphViewport, nodeSize } from "./graph-layout.ts";

it("operators stand right of what they read, and none on another", () => {
  const places = graphLayout([
    { id: 0, inputs: [] },
    { id: 1, inputs: [0] },
    { id: 2, inputs: [0, 9] },
  ]);
  const [source, first, second] = [0, 1, 2].map((id) => places.get(id));
  expect(first?.x).toBeGreaterThanOrEqual((source?.x ?? 0) + nodeSize.width);
  expect(first?.x).toBe(second?.x);
  expect(Math.abs((first?.y ?? 0) - (second?.y ?? 0))).toBeGreaterThanOrEqual(nodeSize.height);
});

it("no operators, no places", () => {
  expect(graphLayout([]).size).toBe(0);
});

it("a small graph stands in the middle, a large one begins at its sources", () => {
  const small = graphViewport([{ x: 0, y: 0 }], 1_000, 360);
  expect(small).toEqual({ x: (1_000 - nodeSize.width) / 2, y: (360 - nodeSize.height) / 2, zoom: 1 });
  const large = graphViewport([{ x: 4_000, y: 0 }], 600, 360);
  expect(large).toMatchObject({ x: 20, zoom: 0.6 });
});
