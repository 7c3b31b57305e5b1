import { expect, it } from "vitest";
import { FlowStore } from "./flow-store.ts";
import type { TopologyNode } from "./topology.ts";

const stream = (name: string, recordsPerSecond: number): TopologyNode => ({
  ...{ id: name, kind: "stream", name, figures: { recordsPerSecond } },
});

it("keeps the shape while figures change, and the objects that are as they were", () => {
  const store = new FlowStore();
  let told = 0;
  const stop = store.subscribe(() => told++);
  store.set({ nodes: [stream("a", 1), stream("b", 1)], edges: [] });
  const [shape, a, b] = [store.shape, store.node("a"), store.node("b")];
  store.set({ nodes: [stream("a", 2), stream("b", 1)], edges: [] });
  expect(store.shape).toBe(shape);
  expect(store.node("a")).not.toBe(a);
  expect(store.node("b")).toBe(b);
  store.set({ nodes: [stream("b", 1)], edges: [] });
  expect(store.shape).not.toBe(shape);
  expect(store.node("a")).toBeUndefined();
  stop();
  store.set({ nodes: [], edges: [] });
  expect(told).toBe(3);
});
