import { Badge, Group, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { ReactFlowProvider, type ReactFlowState, useStore } from "@xyflow/react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useMillrace } from "../../api/queries.ts";
import { countText } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { Loaded } from "../../ui/states.tsx";
import { EmptyMap } from "./empty-map.tsx";
import { FindNode } from "./find-node.tsx";
import classes from "./flow.module.css";
import { FlowContext, type FlowContextValue, useFlow } from "./flow-context.tsx";
import { FlowMap } from "./flow-map.tsx";
import { FlowStore } from "./flow-store.ts";
import { useMapKeys } from "./map-keys.ts";
import { kindLooks } from "./node-kinds.ts";
import { NodePanel, pathOf } from "./node-panel.tsx";
import type { NodeKind, Topology } from "./topology.ts";

const everyMs = 1_000;

/** What is connected with what, and what goes through it now. */
export function Screen(): ReactNode {
  const topology = useMillrace<Topology>("topology", {}, { everyMs });
  const value = useFlowValue(topology.data);
  const isEmpty = topology.data?.nodes.length === 0;
  return (
    <FlowContext value={value}>
      <ReactFlowProvider>
        <Page
          title="Flow map"
          fills
          badge={topology.data && <Counts topology={topology.data} />}
          actions={!isEmpty && <FindNode />}
        >
          <Loaded of={topology}>{() => (isEmpty ? <EmptyMap /> : <Canvas />)}</Loaded>
        </Page>
      </ReactFlowProvider>
    </FlowContext>
  );
}

/** From far away names are all that can be read, and nothing else is drawn. */
const isFarAway = ({ transform: [, , zoom] }: ReactFlowState): boolean => zoom < 0.42;

function Canvas(): ReactNode {
  const { selected, select, open } = useFlow();
  const isFar = useStore(isFarAway);
  useMapKeys();
  const choose = (event: KeyboardEvent): void => {
    const card = (event.target as Element).closest<HTMLElement>(".react-flow__node");
    const id = card?.dataset["id"];
    if (event.key !== "Enter" || id === undefined) return;
    if (id === selected) open(id);
    else select(id);
  };
  return (
    <section
      className={classes["map"]}
      data-far={isFar || undefined}
      onKeyDown={choose}
      aria-label="Flow map"
    >
      <div className={classes["canvas"]}>
        <FlowMap />
      </div>
      {selected !== undefined && <NodePanel key={selected} id={selected} />}
    </section>
  );
}

/** The store with the newest figures, and the chosen card, which is part of the address. */
function useFlowValue(topology: Topology | undefined): FlowContextValue {
  const [store] = useState(() => new FlowStore());
  const [query, setQuery] = useSearchParams();
  const navigate = useNavigate();
  const selected = query.get("node") ?? undefined;
  useEffect(() => {
    if (topology !== undefined) store.set(topology);
  }, [store, topology]);
  const value = useMemo((): FlowContextValue => {
    const select = (id: string | undefined): void =>
      setQuery(id === undefined ? {} : { node: id }, { replace: true });
    const open = (id: string): void => {
      const node = store.node(id);
      const path = node && pathOf(store, node);
      if (path !== undefined) void navigate(path);
    };
    return { store, selected, select, open };
  }, [store, selected, setQuery, navigate]);
  useHotkeys([
    ["Escape", () => value.select(undefined)],
    ["o", () => selected !== undefined && value.open(selected)],
  ]);
  return value;
}

const counted: readonly NodeKind[] = ["stream", "delivery", "application", "bucket", "table", "cluster"];

function Counts({ topology: { nodes, omittedNodes } }: { readonly topology: Topology }): ReactNode {
  const parts = counted.flatMap((kind) => {
    const count = nodes.filter((node) => node.kind === kind).length;
    const { label, plural } = kindLooks[kind];
    return count === 0 ? [] : [count === 1 ? `1 ${label.toLowerCase()}` : `${countText(count)} ${plural}`];
  });
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" truncate visibleFrom="md">
        {parts.join(" · ")}
      </Text>
      {omittedNodes > 0 && (
        <Badge color="orange" variant="light" title="The busiest are shown.">
          {countText(omittedNodes)} more
        </Badge>
      )}
    </Group>
  );
}
