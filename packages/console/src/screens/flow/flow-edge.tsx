import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { edgeRates, edgeTrouble } from "./figures.ts";
import classes from "./flow.module.css";
import { useFlow } from "./flow-context.tsx";
import { useFlowEdge } from "./flow-store.ts";
import { healthOf, type TopologyEdge } from "./topology.ts";

/** One line of the map: as thick as it carries bytes, as fast as it carries records. */
export const FlowEdgeLine: (props: EdgeProps) => ReactNode = memo(function FlowEdgeLine(
  props: EdgeProps,
): ReactNode {
  const { store, selected } = useFlow();
  const edge = useFlowEdge(store, props.id);
  const [path, labelX, labelY] = getBezierPath(props);
  if (edge === undefined) return null;
  const health = healthOf(edge);
  const isNear = selected === edge.from || selected === edge.to;
  const width = widthOf(edge);
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        className={classes["line"] ?? ""}
        data-health={health}
        data-near={isNear || undefined}
        style={{ strokeWidth: width }}
      />
      {edge.recordsPerSecond > 0 && (
        <path
          d={path}
          className={classes["stream"]}
          data-health={health}
          style={{ strokeWidth: Math.max(width, 2), animationDuration: `${pace(edge)}s` }}
        />
      )}
      <EdgeLabel edge={edge} x={labelX} y={labelY} isNear={isNear} />
    </>
  );
});

interface EdgeLabelProps {
  readonly edge: TopologyEdge;
  readonly x: number;
  readonly y: number;
  readonly isNear: boolean;
}

function EdgeLabel({ edge, x, y, isNear }: EdgeLabelProps): ReactNode {
  const rates = edgeRates(edge);
  const trouble = edgeTrouble(edge);
  if (rates.length === 0 && trouble === undefined) return null;
  return (
    <EdgeLabelRenderer>
      <div
        className={classes["label"]}
        data-near={isNear || undefined}
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      >
        {rates.map((rate) => (
          <span key={rate}>{rate}</span>
        ))}
        {trouble !== undefined && (
          <span className={classes["trouble"]} data-health={healthOf(edge)}>
            {trouble}
          </span>
        )}
      </div>
    </EdgeLabelRenderer>
  );
}

/** From a hair to six pixels, by powers of ten. */
function widthOf({ bytesPerSecond, recordsPerSecond }: TopologyEdge): number {
  const amount = bytesPerSecond > 0 ? bytesPerSecond : recordsPerSecond * 100;
  return 1.2 + Math.min(4.8, Math.log10(1 + amount / 100) * 0.95);
}

/** Seconds for a dash to reach the place of the next one, in steps that a rate's jitter does not show in. */
function pace({ recordsPerSecond }: TopologyEdge): number {
  return Math.max(0.3, 1.8 - 0.5 * Math.round(Math.log10(1 + recordsPerSecond)));
}
