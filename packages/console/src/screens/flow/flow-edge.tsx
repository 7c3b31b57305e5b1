import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { type CSSProperties, memo, type ReactNode, useMemo } from "react";
import { edgeRates, edgeTrouble } from "./figures.ts";
import classes from "./flow.module.css";
import { useFlow } from "./flow-context.tsx";
import { curve, type Place, type Route } from "./flow-layout.ts";
import { useFlowEdge } from "./flow-store.ts";
import { healthOf, type TopologyEdge } from "./topology.ts";

/** One line of the map: as thick as it carries bytes, as fast as it carries records. */
export const FlowEdgeLine: (props: EdgeProps) => ReactNode = memo(function FlowEdgeLine(
  props: EdgeProps,
): ReactNode {
  const { store, selected } = useFlow();
  const edge = useFlowEdge(store, props.id);
  const { path, label } = useRoute(props);
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
        style={{ "--width": `${width}px` } as CSSProperties}
      />
      {edge.recordsPerSecond > 0 && (
        <path
          d={path}
          className={classes["stream"]}
          data-health={health}
          style={
            { "--width": `${Math.max(width, 2)}px`, animationDuration: `${pace(edge)}s` } as CSSProperties
          }
        />
      )}
      <EdgeLabel edge={edge} {...label} isNear={isNear} />
    </>
  );
});

/** From the right side of a card to the left side of another one, around those between them. */
function useRoute(props: EdgeProps): { readonly path: string; readonly label: Place } {
  const { sourceX, sourceY, targetX, targetY, data } = props;
  return useMemo(() => {
    const { bends = [], label } = (data?.["route"] ?? {}) as Partial<Route>;
    const ends = [
      { x: sourceX, y: sourceY },
      { x: targetX, y: targetY },
    ] as const;
    return {
      path: curve([ends[0], ...bends, ends[1]]),
      label: bends.length > 0 && label !== undefined ? label : middleOf(...ends),
    };
  }, [sourceX, sourceY, targetX, targetY, data]);
}

function middleOf(a: Place, b: Place): Place {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

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
