import { Alert, Group, Progress, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Loaded } from "../../../ui/states.tsx";
import { skewOf, sliceRows, slicesSql } from "./slices.ts";
import { useWarehouse } from "./use-warehouse.ts";
import type { WarehousePlace } from "./warehouse-rows.ts";

const notable = 1.5;

export interface SliceBarsProps {
  readonly place: WarehousePlace;
  /** `ALL` has its rows once on each node. */
  readonly diststyle: string;
  readonly tableId: number;
}

/** How a table's rows lie on the slices: a bar each, and what that means. */
export function SliceBars({ place, tableId, diststyle }: SliceBarsProps): ReactNode {
  const found = useWarehouse(place, slicesSql(tableId));
  const isAll = /ALL/.test(diststyle);
  return (
    <Loaded of={found}>
      {(rows) => {
        const slices = sliceRows(rows);
        const { most, even, slowdown } = skewOf(slices);
        return (
          <Stack gap={6}>
            {slices.map(({ slice, node, rows: count }) => (
              <Group key={slice} gap="sm" wrap="nowrap">
                <Text size="xs" w={110} c="dimmed" style={{ flex: "none" }}>
                  node {node} · slice {slice}
                </Text>
                <Progress
                  flex={1}
                  size="lg"
                  radius="sm"
                  aria-label={`Slice ${slice}: ${count} rows`}
                  value={most === 0 ? 0 : (100 * count) / most}
                  color={!isAll && count > notable * even ? "red" : "cyan"}
                />
                <Text
                  size="xs"
                  w={90}
                  ta="right"
                  style={{ flex: "none", fontVariantNumeric: "tabular-nums" }}
                >
                  {count.toLocaleString("en-US")}
                </Text>
              </Group>
            ))}
            {!isAll && slowdown > notable && (
              <Alert
                color="yellow"
                variant="light"
                mt="xs"
                title={`Skewed: ${slowdown.toFixed(1)} times the even share`}
              >
                Every scan waits for the fullest slice. A distribution key with more, and more evenly used,
                values spreads the rows better.
              </Alert>
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}
