import { useCallback, useSyncExternalStore } from "react";
import { edgeId, type Topology, type TopologyEdge, type TopologyNode } from "./topology.ts";

/** What the map is made of: it changes when something comes or goes, and not with the figures. */
export interface FlowShape {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

const noShape: FlowShape = { nodes: [], edges: [] };

/**
 * The newest figures, by node and edge: each card and each line listens to its own, so that new figures draw what has
 * changed and nothing else, and nothing moves.
 */
export class FlowStore {
  readonly #nodes = new Map<string, TopologyNode>();
  readonly #edges = new Map<string, TopologyEdge>();
  readonly #listeners = new Set<() => void>();
  #shape: FlowShape = noShape;
  #names = "";

  /** The map's nodes and edges as they were when the newest of them came. */
  get shape(): FlowShape {
    return this.#shape;
  }

  node(id: string): TopologyNode | undefined {
    return this.#nodes.get(id);
  }

  edge(id: string): TopologyEdge | undefined {
    return this.#edges.get(id);
  }

  edges(): Iterable<TopologyEdge> {
    return this.#edges.values();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  set({ nodes, edges }: Pick<Topology, "nodes" | "edges">): void {
    replace(this.#nodes, nodes, ({ id }) => id);
    replace(this.#edges, edges, edgeId);
    const names = JSON.stringify([nodes.map(({ id, kind }) => [id, kind]), edges.map(edgeId)]);
    if (names !== this.#names) {
      this.#names = names;
      this.#shape = { nodes: [...this.#nodes.values()], edges: [...this.#edges.values()] };
    }
    for (const listener of this.#listeners) listener();
  }
}

/** What is the same as before stays the same object. */
function replace<T>(known: Map<string, T>, next: readonly T[], idOf: (value: T) => string): void {
  const ids = new Set(next.map(idOf));
  for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
  for (const value of next) {
    const id = idOf(value);
    const before = known.get(id);
    if (before === undefined || JSON.stringify(before) !== JSON.stringify(value)) known.set(id, value);
  }
}

export function useFlowNode(store: FlowStore, id: string): TopologyNode | undefined {
  return useSyncExternalStore(
    store.subscribe,
    useCallback(() => store.node(id), [store, id]),
  );
}

export function useFlowEdge(store: FlowStore, id: string): TopologyEdge | undefined {
  return useSyncExternalStore(
    store.subscribe,
    useCallback(() => store.edge(id), [store, id]),
  );
}

export function useFlowShape(store: FlowStore): FlowShape {
  return useSyncExternalStore(
    store.subscribe,
    useCallback(() => store.shape, [store]),
  );
}
