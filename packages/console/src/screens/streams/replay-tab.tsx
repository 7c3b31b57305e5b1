import {
  Button,
  Group,
  NumberInput,
  Paper,
  Progress,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPlayerPlay, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useAction, useAws, useMillrace } from "../../api/queries.ts";
import { streamNames } from "../../api/stream-names.ts";
import { bytesText, countText, durationText, rateText, timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";

interface Replay {
  readonly id: string;
  readonly state: "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly stream: string;
  readonly into: string;
  readonly from: string | number;
  readonly to?: string | number;
  readonly ratePerSecond?: number;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly copiedRecords: number;
  readonly copiedBytes: number;
  readonly totalRecords: number;
  readonly recordsPerSecond: number;
  readonly timeLeftMs?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

const everyMs = 1_000;
const fullPercent = 100;

/** Copies what is in a stream into another one, in order, as fast as it may. */
export function ReplayTab({ name }: { readonly name: string }): ReactNode {
  const replays = useMillrace<{ readonly replays: readonly Replay[] }>("replays", {}, { everyMs });
  return (
    <Stack gap="md" style={{ overflow: "auto" }}>
      <ReplayForm name={name} />
      <Loaded of={replays}>
        {(data) => {
          const own = data.replays.filter(({ stream, into }) => stream === name || into === name);
          return own.length === 0 ? (
            <EmptyState title="No replays">
              A replay reads this stream from a point on and puts the records into another stream: to try a
              new consumer on yesterday's data, or to fill a stream again.
            </EmptyState>
          ) : (
            <Stack gap="xs">
              {own.map((replay) => (
                <ReplayCard key={replay.id} replay={replay} />
              ))}
            </Stack>
          );
        }}
      </Loaded>
    </Stack>
  );
}

type From = "TRIM_HORIZON" | "time" | "sequence";

interface Order {
  readonly from: From;
  readonly fromValue: string;
  readonly to: string;
  readonly into: string | null;
  readonly rate: number | "";
}

function ReplayForm({ name }: { readonly name: string }): ReactNode {
  const [order, setOrder] = useState<Order>({
    from: "TRIM_HORIZON",
    fromValue: "",
    to: "",
    into: null,
    rate: "",
  });
  const set = (change: Partial<Order>): void => setOrder((current) => ({ ...current, ...change }));
  const streams = useAws("kinesis", ["stream names"], streamNames, { everyMs: 10_000 });
  const replay = useAction(
    (body: object, { millrace }) =>
      millrace.post<Replay>(`streams/${encodeURIComponent(name)}/replay`, { body }),
    { changes: [["millrace", "replays"]], done: ({ into }) => `Records are copied into ${into}.` },
  );
  return (
    <Paper
      withBorder
      p="sm"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        replay.mutate(bodyOf(order));
      }}
    >
      <Group align="flex-end" gap="sm">
        <FromField order={order} set={set} />
        <TextInput
          size="xs"
          label="Until (now when empty)"
          type="datetime-local"
          step={1}
          value={order.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
        <Select
          size="xs"
          label="Into"
          required
          searchable
          placeholder="Another stream"
          data={(streams.data ?? []).filter((stream) => stream !== name)}
          value={order.into}
          nothingFoundMessage="No other stream"
          onChange={(into) => set({ into })}
        />
        <NumberInput
          size="xs"
          label="Records a second"
          placeholder="as fast as it goes"
          min={1}
          max={1_000_000}
          value={order.rate}
          onChange={(rate) => set({ rate: rate === "" ? "" : Number(rate) })}
        />
        <Button
          type="submit"
          size="xs"
          leftSection={<IconPlayerPlay size={14} />}
          loading={replay.isPending}
          disabled={order.into === null}
        >
          Replay
        </Button>
      </Group>
    </Paper>
  );
}

interface FromFieldProps {
  readonly order: Order;
  readonly set: (change: Partial<Order>) => void;
}

function FromField({ order, set }: FromFieldProps): ReactNode {
  return (
    <>
      <Stack gap={4}>
        <Text size="sm" fw={500}>
          From
        </Text>
        <SegmentedControl
          size="xs"
          aria-label="Replay from"
          data={[
            { value: "TRIM_HORIZON", label: "Oldest" },
            { value: "time", label: "Time" },
            { value: "sequence", label: "Sequence number" },
          ]}
          value={order.from}
          onChange={(from) => set({ from: from === "time" || from === "sequence" ? from : "TRIM_HORIZON" })}
        />
      </Stack>
      {order.from !== "TRIM_HORIZON" && (
        <TextInput
          size="xs"
          w={order.from === "time" ? 190 : 320}
          required
          aria-label={order.from === "time" ? "From time" : "From sequence number"}
          type={order.from === "time" ? "datetime-local" : "text"}
          {...(order.from === "time" && { step: 1 })}
          value={order.fromValue}
          onChange={(event) => set({ fromValue: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function bodyOf({ from, fromValue, to, into, rate }: Order): object {
  const isoOf = (local: string): string => new Date(local).toISOString();
  return {
    from: from === "TRIM_HORIZON" ? from : from === "time" ? isoOf(fromValue) : fromValue.trim(),
    ...(to !== "" && { to: isoOf(to) }),
    into,
    ...(rate !== "" && { ratePerSecond: rate }),
  };
}

function ReplayCard({ replay }: { readonly replay: Replay }): ReactNode {
  const remove = useAction(
    (id: string, { millrace }) => millrace.delete<Replay>(`replays/${encodeURIComponent(id)}`),
    { changes: [["millrace", "replays"]] },
  );
  const { state, copiedRecords, totalRecords, copiedBytes, recordsPerSecond, timeLeftMs, error } = replay;
  const isRunning = state === "RUNNING";
  const percent = totalRecords === 0 ? fullPercent : (copiedRecords / totalRecords) * fullPercent;
  return (
    <Paper withBorder p="sm" aria-label={`Replay into ${replay.into}`} component="section">
      <Group justify="space-between" mb={6} wrap="nowrap">
        <Group gap="xs">
          <StatusBadge status={state} />
          <Text size="sm">
            {replay.stream} → {replay.into}
          </Text>
          <Text size="xs" c="dimmed">
            from {placeText(replay.from)}
            {replay.to !== undefined && ` until ${placeText(replay.to)}`}
            {replay.ratePerSecond !== undefined && ` · at most ${countText(replay.ratePerSecond)} a second`}
          </Text>
        </Group>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconX size={12} />}
          onClick={() => remove.mutate(replay.id)}
        >
          {isRunning ? "Cancel" : "Forget"}
        </Button>
      </Group>
      <Progress
        value={percent}
        animated={isRunning}
        color={error === undefined ? "cyan" : "red"}
        aria-label="Copied"
      />
      <Text size="xs" c="dimmed" mt={6} style={{ fontVariantNumeric: "tabular-nums" }}>
        {countText(copiedRecords)} of {countText(totalRecords)} records · {bytesText(copiedBytes)} ·{" "}
        {rateText(recordsPerSecond)} a second
        {timeLeftMs !== undefined && ` · ${durationText(timeLeftMs)} left`}
        {replay.endedAt !== undefined && ` · ended ${timeText(replay.endedAt)}`}
      </Text>
      {error !== undefined && (
        <Text size="xs" c="red" mt={4}>
          {error.code}: {error.message}
        </Text>
      )}
    </Paper>
  );
}

function placeText(place: string | number): string {
  if (place === "TRIM_HORIZON") return "the oldest record";
  if (typeof place === "number") return timeText(place);
  return /^\d+$/.test(place) ? place : timeText(new Date(place));
}
