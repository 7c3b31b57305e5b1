import { Badge, Button, Drawer, Group, ScrollArea, SegmentedControl, Stack } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useAws } from "../../../api/queries.ts";
import type { ServiceClients } from "../../../api/services.ts";
import { CodeText } from "../../../ui/code-panel.tsx";
import { FactTable } from "../../../ui/facts.tsx";
import { bytesText, timeText } from "../../../ui/format.ts";
import { EmptyState, Loaded } from "../../../ui/states.tsx";
import type { Codecs } from "../decode/codecs.ts";
import { hexText } from "../decode/hex.ts";
import { prettyText } from "../decode/payload.ts";
import { JsonTree } from "./json-tree.tsx";
import { type TailRecord, TailRecords } from "./tail-record.ts";

const views = ["Tree", "Text", "Bytes"] as const;
/** Longer texts are not carried over into the editor by the address. */
const maxCarriedLength = 4_000;

export interface RecordDrawerProps {
  readonly stream: string;
  readonly codecs: Codecs;
  /** `shardId-000000000001/496...`, and behind a point its place in an aggregated record. */
  readonly place: string | undefined;
  /** Looks among the records that are here. */
  readonly find: (id: string) => TailRecord | undefined;
  readonly onClose: () => void;
}

export function RecordDrawer({ stream, codecs, place, find, onClose }: RecordDrawerProps): ReactNode {
  const [shard = "", id = ""] = place?.split("/") ?? [];
  const record = useAws(
    "kinesis",
    ["record", stream, shard, id],
    async (kinesis) => find(id) ?? (await readRecord(kinesis, stream, shard, id, codecs)),
    { enabled: place !== undefined },
  );
  return (
    <Drawer opened={place !== undefined} onClose={onClose} position="right" size="lg" title="Record">
      {place !== undefined && (
        <Loaded of={record}>
          {(found) =>
            found === null ? (
              <EmptyState title="It is not there any more">Records are gone when they expire.</EmptyState>
            ) : (
              <RecordDetails key={found.id} stream={stream} record={found} />
            )
          }
        </Loaded>
      )}
    </Drawer>
  );
}

async function readRecord(
  kinesis: ServiceClients["kinesis"],
  stream: string,
  shard: string,
  id: string,
  codecs: Codecs,
): Promise<TailRecord | null> {
  const { ShardIterator } = await kinesis.getShardIterator({
    StreamName: stream,
    ShardId: shard,
    ShardIteratorType: "AT_SEQUENCE_NUMBER",
    StartingSequenceNumber: id.replace(/\..*$/, ""),
  });
  const { Records = [] } = await kinesis.getRecords({ ShardIterator, Limit: 1 });
  return new TailRecords(codecs).of(shard, Records).find((record) => record.id === id) ?? null;
}

function RecordDetails({
  stream,
  record,
}: {
  readonly stream: string;
  readonly record: TailRecord;
}): ReactNode {
  const payload = record.payload();
  const hasTree = payload.value !== undefined;
  const [view, setView] = useState<(typeof views)[number]>(hasTree ? "Tree" : "Text");
  const text = prettyText(payload);
  return (
    <Stack gap="sm">
      <RecordFacts record={record} />
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="Data as"
          data={views.filter((each) => each !== "Tree" || hasTree)}
          value={view}
          onChange={(value) => setView(views.find((known) => known === value) ?? "Text")}
        />
        <Group gap={6}>
          {record.subSequence !== undefined && <Badge variant="light">KPL</Badge>}
          {payload.steps.map((step) => (
            <Badge key={step} variant="light" color="gray" tt="none">
              {step}
            </Badge>
          ))}
        </Group>
      </Group>
      {view === "Tree" && (
        <ScrollArea.Autosize mah="calc(100dvh - 420px)" type="auto">
          <JsonTree value={payload.value} />
        </ScrollArea.Autosize>
      )}
      {view === "Text" && <CodeText text={text} />}
      {view === "Bytes" && <CodeText text={hexText(record.data)} />}
      {text.length <= maxCarriedLength && payload.steps.length === 1 && payload.steps[0] !== "bytes" && (
        <Group>
          <Button
            component={Link}
            to={`/streams/${encodeURIComponent(stream)}/put?${new URLSearchParams({ data: text, key: record.key })}`}
            size="xs"
            variant="default"
            leftSection={<IconSend size={14} />}
          >
            Edit and put again
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function RecordFacts({ record }: { readonly record: TailRecord }): ReactNode {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Partition key", record.key],
    ["Hash key", record.explicitHashKey],
    ["Sequence number", record.sequenceNumber],
    ["Sub-sequence", record.subSequence === undefined ? undefined : `${record.subSequence}`],
    ["Shard", record.shard],
    ["Arrival", `${timeText(record.arrivalMs)}.${`${record.arrivalMs % 1_000}`.padStart(3, "0")}`],
    ["Size", `${bytesText(record.data.length)} (${record.data.length.toLocaleString("en-US")} bytes)`],
    ["Encryption", record.encryption],
  ];
  return <FactTable items={facts} nameWidth={130} size="xs" isMonospace />;
}
