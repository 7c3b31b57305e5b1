import { Text, Tooltip, useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { type ReactNode, useMemo } from "react";
import { bytesText, countText, durationText, rateText } from "../../../ui/format.ts";
import { graphLayout, graphViewport, nodeSize } from "./graph-layout.ts";
import classes from "./job-graph.module.css";
import { type JobNode, nodeTitle, type Rates } from "./job-status.ts";
import type { LiveJob } from "./use-job-status.ts";

const frameHeight = 340;
/** An operator that is so far behind its sources holds windows open. */
const notableBehindMs = 60_000;

interface OperatorData extends Record<string, unknown> {
  readonly node: JobNode;
  readonly inPerSecond: number | undefined;
  readonly outPerSecond: number | undefined;
  /** Of its watermark, behind the newest one in the job. */
  readonly behindMs: number | undefined;
  readonly isSource: boolean;
  readonly isSink: boolean;
  readonly parallelism: number;
}

type OperatorNode = Node<OperatorData, "operator">;

const nodeTypes = Object.freeze({ operator: Operator });

/** The job's operators with what passes them now. */
export function JobGraph({ job }: { readonly job: LiveJob }): ReactNode {
  const scheme = useComputedColorScheme();
  const { graph } = job.status;
  const shape = graph.map(({ id, inputs }) => `${id}<${inputs.join(",")}`).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the graph, whose list is new each time.
  const places = useMemo(() => graphLayout(graph), [shape]);
  const { ref, width } = useElementSize();
  const nodes = operatorNodes(job, places);
  const edges = operatorEdges(graph, job.rates);
  return (
    <div ref={ref} className={classes["frame"]} data-testid="job-graph">
      {width > 0 && (
        <ReactFlow
          // It is placed anew when the window is of another width, but not while somebody drags its edge.
          key={`${shape} ${Math.round(width / 200)}`}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          colorMode={scheme}
          defaultViewport={graphViewport(places.values(), width, frameHeight)}
          preventScrolling={false}
          minZoom={0.2}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          aria-label="Operators of the job"
        >
          <Background gap={20} />
          <Controls showInteractive={false} />
        </ReactFlow>
      )}
    </div>
  );
}

function operatorNodes({ status, rates }: LiveJob, places: ReturnType<typeof graphLayout>): OperatorNode[] {
  const { graph, application } = status;
  const newest = Math.max(...graph.map(({ watermarkMs }) => watermarkMs ?? Number.NEGATIVE_INFINITY));
  const read = new Set(graph.flatMap(({ inputs }) => inputs));
  return graph.map((node) => ({
    id: `${node.id}`,
    type: "operator",
    position: places.get(node.id) ?? { x: 0, y: 0 },
    ...nodeSize,
    data: {
      node,
      inPerSecond: rates?.nodes.get(node.id)?.inPerSecond,
      outPerSecond: rates?.nodes.get(node.id)?.outPerSecond,
      behindMs: node.watermarkMs === undefined ? undefined : newest - node.watermarkMs,
      isSource: node.inputs.length === 0,
      isSink: !read.has(node.id),
      parallelism: application.currentParallelism,
    },
  }));
}

function operatorEdges(graph: readonly JobNode[], rates: Rates | undefined): Edge[] {
  const known = new Map(graph.map((node) => [node.id, node]));
  return graph.flatMap(({ id, inputs }) =>
    inputs
      .filter((input) => known.has(input))
      .map((input): Edge => {
        const rate = rates?.nodes.get(input)?.outPerSecond ?? 0;
        return {
          id: `${input}-${id}`,
          source: `${input}`,
          target: `${id}`,
          animated: rate > 0,
          markerEnd: { type: MarkerType.ArrowClosed },
          ...(rate > 0 && { label: `${rateText(rate)}/s` }),
        };
      }),
  );
}

function Operator({ data }: NodeProps<OperatorNode>): ReactNode {
  const { node, behindMs, isSource, isSink } = data;
  const { title, details } = nodeTitle(node.name);
  const perSecond = (rate: number | undefined): string => (rate === undefined ? "–" : `${rateText(rate)}/s`);
  return (
    <div
      className={classes["node"]}
      style={nodeSize}
      data-source={isSource || undefined}
      data-sink={isSink || undefined}
      data-behind={(behindMs ?? 0) > notableBehindMs || undefined}
    >
      {!isSource && <Handle type="target" position={Position.Left} />}
      <Tooltip label={node.name} multiline maw={560} openDelay={400}>
        <div>
          <Text size="sm" fw={600} truncate lh={1.25}>
            {title}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {details || " "}
          </Text>
        </div>
      </Tooltip>
      <div className={classes["numbers"]}>
        <span>in {perSecond(isSource ? data.outPerSecond : data.inPerSecond)}</span>
        <span>out {isSink ? "–" : perSecond(data.outPerSecond)}</span>
        <span>{countText(node.recordsIn)} in all</span>
        <span>{node.stateBytes > 0 ? `${bytesText(node.stateBytes)} state` : "no state"}</span>
        <span>{behindMs === undefined ? "no watermark" : watermarkText(behindMs)}</span>
        <span>{isSink ? "" : `parallelism ${data.parallelism}`}</span>
      </div>
      {!isSink && <Handle type="source" position={Position.Right} />}
    </div>
  );
}

function watermarkText(behindMs: number): string {
  return behindMs <= 0 ? "time: newest" : `time −${durationText(behindMs)}`;
}
