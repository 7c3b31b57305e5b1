import { describe, expect, it } from "vitest";
import { GraphBuilder, type TopologyEdge, type TopologyNode } from "./graph.ts";

const node = (id: string): TopologyNode => ({ id, kind: "stream", name: id, figures: {} });
const edge = (from: string, to: string, given: Partial<TopologyEdge> = {}): TopologyEdge => ({
  ...{ from, to, kind: "puts", unit: "records", recordsPerSecond: 1, bytesPerSecond: 10, ...given },
});

describe("GraphBuilder", () => {
  it("keeps the first word about a node, and adds up edges between the same two", () => {
    const graph = new GraphBuilder();
    graph.node({ ...node("a"), detail: "first" });
    graph.node({ ...node("a"), detail: "second" });
    graph.node(node("b"));
    graph.edge(edge("a", "b", { lagMs: 5, behindRecords: 1 }));
    graph.edge(edge("a", "b", { lagMs: 3, behindRecords: 2, errorsPerMinute: 4 }));
    expect(graph.build()).toEqual({
      nodes: [{ ...node("a"), detail: "first" }, node("b")],
      edges: [
        edge("a", "b", {
          ...{ recordsPerSecond: 2, bytesPerSecond: 20, lagMs: 5, behindRecords: 3, errorsPerMinute: 4 },
        }),
      ],
      omittedNodes: 0,
    });
  });

  it("leaves out edges to what is not there", () => {
    const graph = new GraphBuilder();
    graph.node(node("a"));
    graph.edge(edge("a", "gone"));
    expect(graph.build().edges).toEqual([]);
  });

  it("says of an application what goes over its edges", () => {
    const graph = new GraphBuilder();
    for (const id of ["a", "b"]) graph.node(node(id));
    graph.node({ ...node("app"), kind: "application" });
    graph.edge(edge("a", "app", { kind: "reads", recordsPerSecond: 5, bytesPerSecond: 50, lagMs: 40 }));
    graph.edge(edge("app", "b", { recordsPerSecond: 2, lagMs: 900 }));
    expect(graph.build().nodes.find(({ id }) => id === "app")?.figures).toEqual({
      ...{ recordsPerSecond: 5, bytesPerSecond: 50, outRecordsPerSecond: 2, lagMs: 40 },
    });
  });

  it("shows the 500 busiest of many, in the same order whatever came first", () => {
    const build = (numbers: readonly number[]) => {
      const graph = new GraphBuilder();
      for (const i of numbers) graph.node(node(`n${i}`));
      for (let i = 700; i < 1_200; i += 2)
        graph.edge(edge(`n${i}`, `n${i + 1}`, { recordsPerSecond: 0, bytesPerSecond: 0 }));
      graph.edge(edge("n3", "n5", { bytesPerSecond: 1e6 }));
      return graph.build();
    };
    const numbers = Array.from({ length: 1_200 }, (_, i) => i);
    const { nodes, omittedNodes, edges } = build(numbers);
    expect(nodes).toHaveLength(500);
    expect(omittedNodes).toBe(700);
    const ids = new Set(nodes.map(({ id }) => id));
    expect(ids.has("n3") && ids.has("n5")).toBe(true);
    expect([...ids].filter((id) => Number(id.slice(1)) < 700)).toEqual(["n3", "n5"]);
    for (const { from, to } of edges) expect(ids.has(from) && ids.has(to)).toBe(true);
    expect(build(numbers.toReversed())).toEqual(build(numbers));
  });
});
