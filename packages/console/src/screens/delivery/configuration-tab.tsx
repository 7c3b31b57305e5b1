import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import { Paper, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { CodeText } from "../../ui/code-panel.tsx";
import { FactTable } from "../../ui/facts.tsx";
import { configurationSections } from "./configuration-sections.ts";

/** How it is set up: in words, or as DescribeDeliveryStream answers it. */
export function ConfigurationTab({
  delivery,
}: {
  readonly delivery: DeliveryStreamDescription | undefined;
}): ReactNode {
  const [view, setView] = useState("Readable");
  if (delivery === undefined) return undefined;
  return (
    <Stack gap="sm" style={{ overflow: "auto" }}>
      <SegmentedControl
        size="xs"
        aria-label="Configuration as"
        data={["Readable", "JSON"]}
        value={view}
        onChange={setView}
        style={{ alignSelf: "flex-start" }}
      />
      {view === "JSON" ? (
        <CodeText text={JSON.stringify(delivery, undefined, 2)} />
      ) : (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          {configurationSections(delivery).map(({ title, facts }) => (
            <Paper key={title} withBorder p="sm" component="section" aria-label={title}>
              <Text size="sm" fw={600} mb={4}>
                {title}
              </Text>
              <FactTable items={facts} />
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </Stack>
  );
}
