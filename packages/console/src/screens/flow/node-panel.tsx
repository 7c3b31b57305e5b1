import {
  ActionIcon,
  Anchor,
  Button,
  CopyButton,
  Group,
  ScrollArea,
  Stack,
  Text,
  Tooltip,
} from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconCheck, IconCopy, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { edgeRates, edgeTrouble, figureRows } from "./figures.ts";
import classes from "./flow.module.css";
import { useFlow } from "./flow-context.tsx";
import { type FlowStore, useFlowNode } from "./flow-store.ts";
import { kindLooks, screenOf } from "./node-kinds.ts";
import { Sparkline } from "./sparkline.tsx";
import { edgeId, healthOf, type TopologyEdge, type TopologyNode } from "./topology.ts";

/** Where a card leads to. */
export function pathOf(store: FlowStore, node: TopologyNode): string | undefined {
  const incoming = [...store.edges()].find(({ to }) => to === node.id);
  return screenOf(node, incoming && store.node(incoming.from));
}

/** All that is known of the card that was clicked. */
export function NodePanel({ id }: { readonly id: string }): ReactNode {
  const { store, select } = useFlow();
  const node = useFlowNode(store, id);
  if (node === undefined) return null;
  const { color } = kindLooks[node.kind];
  const path = pathOf(store, node);
  const kind = { "--kind": `var(--mantine-color-${color}-5)` } as React.CSSProperties;
  return (
    <aside
      className={classes["panel"]}
      style={kind}
      aria-label={`${kindLooks[node.kind].label} ${node.name}`}
    >
      <PanelHead node={node} onClose={() => select(undefined)} />
      <ScrollArea px="md" style={{ flex: 1 }}>
        <Stack gap="md" pb="md">
          <Minute node={node} />
          <Figures node={node} />
          <Connections id={id} />
          <Identity node={node} />
        </Stack>
      </ScrollArea>
      {path !== undefined && (
        <Group p="md" pt="xs">
          <Button
            component={Link}
            to={path}
            fullWidth
            variant="light"
            rightSection={<IconArrowRight size={16} />}
          >
            Open
          </Button>
        </Group>
      )}
    </aside>
  );
}

function PanelHead({
  node,
  onClose,
}: {
  readonly node: TopologyNode;
  readonly onClose: () => void;
}): ReactNode {
  const { label, icon: Icon } = kindLooks[node.kind];
  return (
    <Group p="md" pb="sm" wrap="nowrap" align="flex-start" gap="sm">
      <span className={classes["icon"]}>
        <Icon size={19} stroke={1.7} />
      </span>
      <Stack gap={2} flex={1} miw={0}>
        <Text fw={650} lh={1.25} style={{ overflowWrap: "anywhere" }}>
          {node.name}
        </Text>
        <Group gap={6}>
          <Text size="xs" c="dimmed">
            {node.detail === undefined || node.detail === label ? label : `${label} · ${node.detail}`}
          </Text>
          <StatusBadge status={node.status} />
        </Group>
      </Stack>
      <ActionIcon variant="subtle" color="gray" aria-label="Close" onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
    </Group>
  );
}

function Minute({ node: { history = [] } }: { readonly node: TopologyNode }): ReactNode {
  if (!history.some((value) => value > 0)) return null;
  return (
    <Stack gap={2}>
      <Sparkline values={history} width={286} height={56} className={classes["panelChart"]} />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          a minute ago
        </Text>
        <Text size="xs" c="dimmed">
          now
        </Text>
      </Group>
    </Stack>
  );
}

function Figures({ node }: { readonly node: TopologyNode }): ReactNode {
  const rows = figureRows(node);
  if (rows.length === 0) return null;
  return (
    <Stack gap={4}>
      {rows.map(([label, text]) => (
        <Group key={label} justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          <Text size="sm" fw={500} style={{ fontVariantNumeric: "tabular-nums" }}>
            {text}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function Connections({ id }: { readonly id: string }): ReactNode {
  const { store } = useFlow();
  const edges = [...store.edges()];
  const from = edges.filter(({ to }) => to === id);
  const to = edges.filter((edge) => edge.from === id);
  return (
    <>
      {from.length > 0 && <Side title="From" icon={<IconArrowRight size={13} />} edges={from} end="from" />}
      {to.length > 0 && <Side title="To" icon={<IconArrowLeft size={13} />} edges={to} end="to" />}
    </>
  );
}

interface SideProps {
  readonly title: string;
  readonly icon: ReactNode;
  readonly edges: readonly TopologyEdge[];
  readonly end: "from" | "to";
}

function Side({ title, edges, end }: SideProps): ReactNode {
  const { store, select } = useFlow();
  return (
    <Stack gap={6}>
      <Text size="xs" fw={600} c="dimmed">
        {title}
      </Text>
      {edges.map((edge) => (
        <Group key={edgeId(edge)} justify="space-between" wrap="nowrap" gap="xs" align="baseline">
          <Anchor size="sm" component="button" ta="left" truncate onClick={() => select(edge[end])}>
            {store.node(edge[end])?.name ?? edge[end]}
          </Anchor>
          <Stack gap={0} align="flex-end" style={{ flex: "none" }}>
            <Text size="xs" c="dimmed">
              {edgeRates(edge).join(" · ") || "quiet"}
            </Text>
            <span className={classes["trouble"]} data-health={healthOf(edge)} style={{ fontSize: 11 }}>
              {edgeTrouble(edge)}
            </span>
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}

function Identity({ node: { arn, principal } }: { readonly node: TopologyNode }): ReactNode {
  const text = arn ?? principal;
  if (text === undefined) return null;
  return (
    <Stack gap={2}>
      <Text size="xs" fw={600} c="dimmed">
        {arn === undefined ? "Principal" : "ARN"}
      </Text>
      <Group wrap="nowrap" gap={4} align="flex-start">
        <Text size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
          {text}
        </Text>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? "Copied" : "Copy"}>
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Copy" onClick={copy}>
                {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}
