import { Anchor, Button, Group, Paper, Stack, Switch, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";
import { countText } from "../../ui/format.ts";
import { EmptyState } from "../../ui/states.tsx";

const TextEditor = lazy(async () => ({ default: (await import("../../ui/text-editor.tsx")).TextEditor }));

const example = '{"user":"ada","page":"/pricing","at":"2026-01-31T12:00:00Z"}';
const maxBatchRecords = 500;

interface Order {
  readonly text: string;
  readonly isByLine: boolean;
}

export interface PutTabProps {
  readonly name: string;
  /** The stream it reads; undefined for direct puts. */
  readonly source: string | undefined;
}

export function PutTab({ name, source }: PutTabProps): ReactNode {
  const [order, setOrder] = useState<Order>({ text: example, isByLine: false });
  const put = usePut(name);
  if (source !== undefined)
    return (
      <EmptyState title="It takes its records from a data stream">
        Put them into{" "}
        <Anchor component={Link} to={`/streams/${encodeURIComponent(source)}/put`} underline="always">
          {source}
        </Anchor>
        .
      </EmptyState>
    );
  const run = (): void => put.mutate(order);
  return (
    <Stack gap="sm" style={{ overflow: "auto" }}>
      <Suspense>
        <Paper withBorder style={{ overflow: "hidden" }}>
          <TextEditor
            label="Data"
            value={order.text}
            onChange={(text) => setOrder((current) => ({ ...current, text }))}
            language="json"
            height="min(360px, 45dvh)"
            onRun={run}
          />
        </Paper>
      </Suspense>
      <Group justify="space-between">
        <Switch
          label="Each line is a record"
          checked={order.isByLine}
          onChange={(event) => setOrder({ ...order, isByLine: event.currentTarget.checked })}
        />
        <Group gap="sm">
          <Text size="xs" c="dimmed">
            A line break is put behind each record
          </Text>
          <Button
            leftSection={<IconSend size={16} />}
            loading={put.isPending}
            onClick={run}
            title="Ctrl Enter"
          >
            Put
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function usePut(name: string): UseMutationResult<number, Error, Order> {
  return useAwsAction("firehose", (firehose, order: Order) => putAll(firehose, name, order), {
    changes: [["millrace"]],
    done: (count) => `${countText(count)} ${count === 1 ? "record is" : "records are"} taken.`,
  });
}

async function putAll(
  firehose: ServiceClients["firehose"],
  name: string,
  { text, isByLine }: Order,
): Promise<number> {
  const texts = isByLine ? text.split(/\r?\n/).filter((line) => line.trim() !== "") : [text];
  const records = texts.map((line) => ({ Data: new TextEncoder().encode(`${line}\n`) }));
  const [only] = records;
  if (only === undefined) throw new Error("There is nothing to put.");
  if (records.length === 1) await firehose.putRecord({ DeliveryStreamName: name, Record: only });
  else
    for (let at = 0; at < records.length; at += maxBatchRecords)
      await firehose.putRecordBatch({
        DeliveryStreamName: name,
        Records: records.slice(at, at + maxBatchRecords),
      });
  return records.length;
}
