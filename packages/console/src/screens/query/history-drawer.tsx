import { Box, Code, Drawer, Group, Text, UnstyledButton } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { agoText, durationText } from "../../ui/format.ts";
import { EmptyState } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { type HistoryEntry, loadHistory } from "./history.ts";

const shownLines = 6;
const maxShown = 100;

export interface HistoryDrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onChoose: (entry: HistoryEntry) => void;
}

/** What was run in this browser, newest first. */
export function HistoryDrawer({ isOpen, onClose, onChoose }: HistoryDrawerProps): ReactNode {
  return (
    <Drawer opened={isOpen} onClose={onClose} position="right" size="lg" title="History of this browser">
      {isOpen && <Entries onChoose={onChoose} />}
    </Drawer>
  );
}

function Entries({ onChoose }: Pick<HistoryDrawerProps, "onChoose">): ReactNode {
  const entries = useMemo(() => loadHistory(localStorage).slice(0, maxShown), []);
  const nowMs = Date.now();
  if (entries.length === 0) return <EmptyState title="Nothing was run yet" />;
  return entries.map((entry, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: several statements may have been run at the same moment.
    <UnstyledButton key={i} w="100%" mb="md" title="Open in a new tab" onClick={() => onChoose(entry)}>
      <Group gap="xs" mb={4}>
        <StatusBadge status={entry.status} />
        <Text size="xs" c="dimmed">
          {factsOf(entry, nowMs)}
        </Text>
      </Group>
      <Box>
        <Code block>{shortened(entry.sql)}</Code>
        {entry.message !== undefined && (
          <Text size="xs" c="red" mt={2} lineClamp={2}>
            {entry.message}
          </Text>
        )}
      </Box>
    </UnstyledButton>
  ));
}

function factsOf({ at, kind, durationMs, rows }: HistoryEntry, nowMs: number): string {
  return [
    kind === "flink" ? "Flink SQL" : "Redshift",
    agoText(at, nowMs),
    ...(durationMs === undefined ? [] : [durationText(durationMs)]),
    ...(rows === undefined ? [] : [`${rows.toLocaleString("en-US")} rows`]),
  ].join(" · ");
}

function shortened(sql: string): string {
  const lines = sql.trim().split("\n");
  return lines.length <= shownLines ? lines.join("\n") : [...lines.slice(0, shownLines), "…"].join("\n");
}
