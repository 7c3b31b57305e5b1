import { Group, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";

export interface ChartPaperProps {
  readonly title: string;
  /** What it is now. */
  readonly now: string | undefined;
  readonly children: ReactNode;
}

/** The frame of a chart. */
export function ChartPaper({ title, now, children }: ChartPaperProps): ReactNode {
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" style={{ fontVariantNumeric: "tabular-nums" }}>
          {now}
        </Text>
      </Group>
      {children}
    </Paper>
  );
}
