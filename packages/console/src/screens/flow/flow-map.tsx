import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  MiniMap,
  type Node,
  ReactFlow,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useComputedColorScheme } from "@mantine/core";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useFlow } from "./flow-context.tsx";
import { FlowEdgeLine } from "./flow-edge.tsx";
import { cardHeight, cardWidth, flowLayout } from "./flow-layout.ts";
import { FlowNodeCard } from "./flow-node.tsx";
import { type FlowShape, useFlowShape } from "./flow-store.ts";
import { kindLooks } from "./node-kinds.ts";
import { edgeId, type NodeKind } from "./topology.ts";

const nodeTypes = Object.freeze({ card: FlowNodeCard });
const edgeTypes = Object.freeze({ line: FlowEdgeLine });
const dots = { dark: "#2b2f35", light: "#dfe3e8" } as const;
const fit = { padding: 0.07, maxZoom: 1.15, duration: 350 } as const;
/** From this many cards on a small picture of all of them helps to find one's way. */
const minimapNodes = 16;

/** The map itself: it moves when something comes or goes, and never with the figures. */
export function FlowMap(): ReactNode {
  const { store, selected, select, open } = useFlow();
  const shape = useFlowShape(store);
  const { nodes, edges } = useMemo(() => elementsOf(shape), [shape]);
  const hasMoved = useFitting(shape, selected !== undefined);
  const scheme = useComputedColorScheme();
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      colorMode={scheme}
      fitView
      fitViewOptions={{ ...fit, duration: 0 }}
      minZoom={0.1}
      maxZoom={2}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      edgesReconnectable={false}
      onlyRenderVisibleElements
      zoomOnDoubleClick={false}
      onNodeClick={(_event, { id }) => select(id)}
      onNodeDoubleClick={(_event, { id }) => open(id)}
      onPaneClick={() => select(undefined)}
      onMove={(event) => {
        // A movement without an event is the map's own.
        if (event !== null) hasMoved.current = true;
      }}
      aria-label="Flow map"
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color={dots[scheme]} />
      <Controls showInteractive={false} position="bottom-left" />
      {nodes.length >= minimapNodes && (
        <MiniMap
          pannable
          zoomable
          position="bottom-right"
          nodeColor={({ data }) => `var(--mantine-color-${kindLooks[data["kind"] as NodeKind].color}-6)`}
          nodeBorderRadius={12}
          ariaLabel="All of the map"
        />
      )}
    </ReactFlow>
  );
}

function elementsOf(shape: FlowShape): { readonly nodes: Node[]; readonly edges: Edge[] } {
  const { places, routes } = flowLayout(shape);
  const nodes = shape.nodes.map(
    ({ id, kind, name }): Node => ({
      id,
      type: "card",
      position: { ...(places.get(id) ?? { x: 0, y: 0 }) },
      data: { kind },
      width: cardWidth,
      height: cardHeight,
      ariaLabel: `${kindLooks[kind].label} ${name}`,
    }),
  );
  const edges = shape.edges.map(
    (edge): Edge => ({
      id: edgeId(edge),
      source: edge.from,
      target: edge.to,
      type: "line",
      data: { route: routes.get(edgeId(edge)) },
    }),
  );
  return { nodes, edges };
}

/** Shows all of the map while it grows, until somebody has moved it. */
function useFitting(shape: FlowShape, hasPanel: boolean): React.RefObject<boolean> {
  const { fitView } = useReactFlow();
  const hasMoved = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is another shape, or less room, that asks for it.
  useEffect(() => {
    if (hasMoved.current) return undefined;
    // The cards are measured first.
    const timer = setTimeout(() => void fitView(fit), 60);
    return () => clearTimeout(timer);
  }, [shape, hasPanel, fitView]);
  return hasMoved;
}
