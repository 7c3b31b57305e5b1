import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { headline } from "./figures.ts";
import classes from "./flow.module.css";
import { useFlow } from "./flow-context.tsx";
import { useFlowNode } from "./flow-store.ts";
import { kindLooks } from "./node-kinds.ts";
import { Sparkline } from "./sparkline.tsx";
import type { TopologyNode } from "./topology.ts";

/** One card of the map. It draws itself anew when its own figures change. */
export const FlowNodeCard: (props: NodeProps) => ReactNode = memo(function FlowNodeCard({
  id,
}: NodeProps): ReactNode {
  const { store, selected } = useFlow();
  const node = useFlowNode(store, id);
  if (node === undefined) return null;
  const { color } = kindLooks[node.kind];
  return (
    <div
      className={classes["card"]}
      data-selected={selected === id || undefined}
      data-state={stateOf(node)}
      style={{ "--kind": `var(--mantine-color-${color}-5)` } as React.CSSProperties}
      data-testid={`${node.kind} ${node.name}`}
    >
      <Handle
        type="target"
        position={Position.Left}
        className={classes["handle"] ?? ""}
        isConnectable={false}
      />
      <CardHead node={node} />
      <CardFigures node={node} />
      {node.kind === "delivery" && <Gauges node={node} />}
      <Handle
        type="source"
        position={Position.Right}
        className={classes["handle"] ?? ""}
        isConnectable={false}
      />
    </div>
  );
});

function CardHead({ node }: { readonly node: TopologyNode }): ReactNode {
  const { label, icon: Icon } = kindLooks[node.kind];
  return (
    <div className={classes["head"]}>
      <span className={classes["icon"]}>
        <Icon size={18} stroke={1.7} />
      </span>
      <span className={classes["names"]}>
        <span className={classes["name"]} title={node.name}>
          {node.name}
        </span>
        <span className={classes["detail"]}>{node.detail ?? label}</span>
      </span>
      <span className={classes["dot"]} title={node.status ?? stateOf(node)} />
    </div>
  );
}

function CardFigures({ node }: { readonly node: TopologyNode }): ReactNode {
  const [main, more] = headline(node);
  return (
    <div className={classes["figures"]}>
      <span className={classes["amounts"]}>
        <span className={classes["main"]}>{main === "" ? (node.status ?? "").toLowerCase() : main}</span>
        {more !== "" && <span className={classes["more"]}>{more}</span>}
      </span>
      <Sparkline values={node.history ?? []} width={58} height={26} className={classes["spark"]} />
    </div>
  );
}

/** How near a buffer is to its delivery, by size and by age. */
function Gauges({ node: { figures } }: { readonly node: TopologyNode }): ReactNode {
  const share = (value = 0, most = 0): string => `${Math.min(100, most === 0 ? 0 : (value / most) * 100)}%`;
  return (
    <div className={classes["gauges"]} title="The buffer: size, and age">
      <span style={{ width: share(figures["bufferedBytes"], figures["maxBufferBytes"]) }} />
      <span style={{ width: share(figures["bufferedSeconds"], figures["maxBufferSeconds"]) }} />
    </div>
  );
}

const healthy: ReadonlySet<string> = new Set(["ACTIVE", "RUNNING", "READY", "available", "AVAILABLE"]);

/** For the dot: whether something goes through it, and whether it is well. */
function stateOf({ status, figures, history }: TopologyNode): "failing" | "waiting" | "active" | "quiet" {
  if (status === "NOT_FOUND" || status?.includes("FAILED") === true) return "failing";
  if ((figures["errorsPerMinute"] ?? 0) > 0) return "failing";
  if (status !== undefined && !healthy.has(status) && status !== "idle") return "waiting";
  // An application has no history of its own.
  const isBusy = (figures["recordsPerSecond"] ?? 0) > 0 || history?.slice(-10).some((value) => value > 0);
  return isBusy === true ? "active" : "quiet";
}
