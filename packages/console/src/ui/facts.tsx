import { SimpleGrid, Table, Text } from "@mantine/core";
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
      {items.filter(hasValue).map(([name, value]) => (
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

export interface FactTableProps {
  /** What has no value is left out. */
  readonly items: FactsProps["items"];
  /** Of the names, in pixels. */
  readonly nameWidth?: number;
  readonly size?: "xs" | "sm";
  readonly isMonospace?: boolean;
}

/** Names with their values, one below the other. */
export function FactTable(props: FactTableProps): ReactNode {
  const { items, nameWidth = 170, size = "sm", isMonospace = false } = props;
  return (
    <Table fz={size} withRowBorders={false} verticalSpacing={3} horizontalSpacing={0}>
      <Table.Tbody>
        {items.filter(hasValue).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td w={nameWidth} c="dimmed" style={{ verticalAlign: "top" }}>
              {name}
            </Table.Td>
            <Table.Td {...(isMonospace && { ff: "monospace" })} style={{ overflowWrap: "anywhere" }}>
              {value}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function hasValue([, value]: FactsProps["items"][number]): boolean {
  return value !== undefined && value !== null && value !== "";
}
