import {
  Box,
  Button,
  Grid,
  Group,
  Paper,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useSearchParams } from "react-router";
import { useAwsAction } from "../../../api/queries.ts";
import type { ServiceClients } from "../../../api/services.ts";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { countText } from "../../../ui/format.ts";
import { TextEditor } from "../../../ui/text-editor.tsx";
import { batchesOf, type PutEntry, type PutOptions, putEntries } from "./put-entries.ts";

const example = '{\n  "user": "ada",\n  "page": "/pricing",\n  "at": "2026-01-31T12:00:00Z"\n}';
const maxShownResults = 1_000;

interface PutResult {
  readonly n: number;
  readonly key: string;
  readonly shard: string | undefined;
  readonly sequenceNumber: string | undefined;
  readonly error: string | undefined;
}

/** Puts records by hand: one, or each line as one. */
export function PutTab({ name }: { readonly name: string }): ReactNode {
  const [search] = useSearchParams();
  const [text, setText] = useState(search.get("data") ?? example);
  const [options, setOptions] = useState<PutOptions>({
    isByLine: false,
    key: { kind: "fixed", key: search.get("key") ?? "ada" },
    explicitHashKey: "",
  });
  const [results, setResults] = useState<readonly PutResult[]>([]);
  const put = useAwsAction(
    "kinesis",
    (kinesis, given: PutOptions) =>
      putAll(
        kinesis,
        name,
        putEntries(text, given, () => crypto.randomUUID()),
      ),
    { changes: [["millrace"]], done: toldOf },
  );
  const run = (): void =>
    put.mutate(options, {
      onSuccess: (done) =>
        setResults((earlier) =>
          [...done.toReversed(), ...earlier].slice(0, maxShownResults).map((result, at, all) => ({
            ...result,
            n: all.length - at,
          })),
        ),
    });
  return (
    <Grid gap="md" style={{ overflow: "auto" }}>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Paper withBorder style={{ overflow: "hidden" }}>
          <TextEditor
            label="Data"
            value={text}
            onChange={setText}
            language="json"
            height="min(420px, 50dvh)"
            onRun={run}
          />
        </Paper>
        <Group justify="space-between" mt="sm">
          <Switch
            label="Each line is a record"
            checked={options.isByLine}
            onChange={(event) => setOptions({ ...options, isByLine: event.currentTarget.checked })}
          />
          <Button
            leftSection={<IconSend size={16} />}
            loading={put.isPending}
            onClick={run}
            title="Ctrl Enter"
          >
            Put
          </Button>
        </Group>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <KeyOptions options={options} onChange={setOptions} />
        <Results results={results} />
      </Grid.Col>
    </Grid>
  );
}

interface KeyOptionsProps {
  readonly options: PutOptions;
  readonly onChange: (options: PutOptions) => void;
}

function KeyOptions({ options, onChange }: KeyOptionsProps): ReactNode {
  const { key } = options;
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Box>
          <Text size="sm" fw={500} mb={4}>
            Partition key
          </Text>
          <SegmentedControl
            size="xs"
            aria-label="Partition key"
            data={[
              { value: "fixed", label: "This" },
              { value: "field", label: "A field" },
              { value: "random", label: "Random" },
            ]}
            value={key.kind}
            onChange={(kind) => onChange({ ...options, key: keyOfKind(kind) })}
          />
        </Box>
        {key.kind === "fixed" && (
          <TextInput
            size="xs"
            flex={1}
            aria-label="Key"
            value={key.key}
            onChange={(event) =>
              onChange({ ...options, key: { kind: "fixed", key: event.currentTarget.value } })
            }
          />
        )}
        {key.kind === "field" && (
          <TextInput
            size="xs"
            flex={1}
            aria-label="Field"
            placeholder="user.id"
            value={key.field}
            onChange={(event) =>
              onChange({ ...options, key: { kind: "field", field: event.currentTarget.value } })
            }
          />
        )}
      </Group>
      <TextInput
        size="xs"
        label="Explicit hash key"
        description="0 to 2^128 − 1; chooses the shard instead of the partition key"
        value={options.explicitHashKey}
        onChange={(event) => onChange({ ...options, explicitHashKey: event.currentTarget.value.trim() })}
      />
    </Stack>
  );
}

function keyOfKind(kind: string): PutOptions["key"] {
  if (kind === "field") return { kind: "field", field: "user" };
  return kind === "random" ? { kind: "random" } : { kind: "fixed", key: "ada" };
}

function Results({ results }: { readonly results: readonly PutResult[] }): ReactNode {
  if (results.length === 0) return undefined;
  return (
    <Box mt="md">
      <DataTable
        label="put records"
        rows={results}
        columns={resultColumns}
        rowKey={({ n }) => `${n}`}
        withoutFilter
        rowHeight={30}
        height={300}
      />
    </Box>
  );
}

const resultColumns: readonly Column<PutResult>[] = [
  { key: "key", title: "Key", width: "90px", value: ({ key }) => key },
  {
    key: "shard",
    title: "Shard",
    width: "60px",
    value: ({ shard }) => shard?.replace(/^shardId-0*(?=\d)/, ""),
  },
  {
    key: "sequence",
    title: "Sequence number",
    monospace: true,
    value: ({ sequenceNumber, error }) => sequenceNumber ?? error,
    render: ({ sequenceNumber, error }) =>
      sequenceNumber ?? (
        <Text span inherit c="red">
          {error}
        </Text>
      ),
  },
];

function toldOf(results: readonly PutResult[]): string {
  const refused = results.filter(({ error }) => error !== undefined).length;
  if (refused > 0)
    return `${countText(results.length - refused)} records put, ${countText(refused)} refused.`;
  return results.length === 1
    ? `Put into ${results[0]?.shard}.`
    : `${countText(results.length)} records put.`;
}

async function putAll(
  kinesis: ServiceClients["kinesis"],
  stream: string,
  entries: readonly PutEntry[],
): Promise<readonly PutResult[]> {
  const [only] = entries;
  if (only === undefined) throw new Error("There is nothing to put.");
  if (entries.length === 1) {
    const { ShardId, SequenceNumber } = await kinesis.putRecord({ StreamName: stream, ...only });
    return [
      { n: 0, key: only.PartitionKey, shard: ShardId, sequenceNumber: SequenceNumber, error: undefined },
    ];
  }
  const results: PutResult[] = [];
  for (const batch of batchesOf(entries)) {
    const { Records = [] } = await kinesis.putRecords({ StreamName: stream, Records: [...batch] });
    batch.forEach(({ PartitionKey: key }, at) => {
      const { ShardId, SequenceNumber, ErrorCode, ErrorMessage } = Records[at] ?? {};
      const error = ErrorCode === undefined ? undefined : `${ErrorCode}: ${ErrorMessage}`;
      results.push({ n: 0, key, shard: ShardId, sequenceNumber: SequenceNumber, error });
    });
  }
  return results;
}
