import { SimpleGrid, Text } from "@mantine/core";
import type { ReactNode } from "react";

export interface FactsProps {
  /** What has no value is left out. */
  readonly items: readonly (readonly [string, ReactNode])[];
  /** Beside each other where there is room. */
  readonly columns?: number;
}

/** Names with their values, as read at a glance. */
export function Facts({ items, columns = 3 }: FactsProps): ReactNode {
  return (
    <SimpleGrid component="dl" cols={{ base: 1, sm: 2, lg: columns }} spacing="md" verticalSpacing="sm" m={0}>
      {items
        .filter(([, value]) => value !== undefined && value !== null && value !== "")
        .map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="xs" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: "anywhere" }}>
              {value}
            </Text>
          </div>
        ))}
    </SimpleGrid>
  );
}
