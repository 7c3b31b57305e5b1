import type { Consumer as RegisteredConsumer } from "@aws-sdk/client-kinesis";
import { ActionIcon, Badge, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";
import { confirm } from "../../ui/confirm.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { agoText, bytesText, countText, durationText, rateText } from "../../ui/format.ts";
import { EmptyState, ErrorAlert, Loaded } from "../../ui/states.tsx";
import { ConsumerShards } from "./consumer-shards.tsx";
import { type Consumer, useStreamUse } from "./stream-data.ts";

const kinds: Readonly<Record<Consumer["kind"], string>> = {
  polling: "polling",
  "fan-out": "fan-out",
  application: "application",
  delivery: "delivery stream",
  channel: "channel",
  kcl: "KCL",
};

/** More is shown in orange. */
const lagToSeeMs = 10_000;
const everyMs = 2_000;

export interface ConsumersTabProps {
  readonly name: string;
  readonly streamArn: string;
}

interface Row extends Consumer {
  readonly nowMs: number;
  readonly registered: RegisteredConsumer | undefined;
  readonly onDeregister: (consumer: RegisteredConsumer) => void;
}

export function ConsumersTab({ name, streamArn }: ConsumersTabProps): ReactNode {
  const use = useStreamUse(name);
  const registered = useAws(
    "kinesis",
    ["consumers", streamArn],
    (kinesis) => readConsumers(kinesis, streamArn),
    {
      everyMs,
      enabled: streamArn !== "",
    },
  );
  const [search, setSearch] = useSearchParams();
  const [isRegistering, setRegistering] = useState(false);
  const deregister = useDeregister(streamArn);
  const selected = search.get("consumer") ?? undefined;
  const select = (id: string | undefined): void =>
    setSearch(id === undefined ? {} : { consumer: id }, { replace: true });
  return (
    <>
      {registered.error !== null && <ErrorAlert error={registered.error} />}
      <Loaded of={use}>
        {({ consumers, at }) => {
          const byArn = new Map((registered.data ?? []).map((consumer) => [consumer.ConsumerARN, consumer]));
          const rows = consumers.map((consumer) => ({
            ...consumer,
            nowMs: at,
            registered: byArn.get(consumer.arn),
            onDeregister: deregister,
          }));
          return (
            <>
              <DataTable
                label="consumers"
                rows={rows}
                columns={columns}
                rowKey={({ id }) => id}
                onOpen={({ id }) => select(id)}
                {...(selected !== undefined && { selected })}
                tools={<RegisterButton onClick={() => setRegistering(true)} />}
                empty={
                  <EmptyState
                    title="Nobody has read this stream yet"
                    action={<RegisterButton onClick={() => setRegistering(true)} />}
                  >
                    Programs that call GetRecords, registered consumers, KCL applications, streaming SQL and
                    delivery streams are shown here with how far they are behind.
                  </EmptyState>
                }
              />
              <ConsumerShards
                consumer={rows.find(({ id }) => id === selected)}
                nowMs={at}
                onClose={() => select(undefined)}
              />
            </>
          );
        }}
      </Loaded>
      <RegisterConsumer streamArn={streamArn} isOpen={isRegistering} onClose={() => setRegistering(false)} />
    </>
  );
}

const columns: readonly Column<Row>[] = [
  {
    key: "name",
    title: "Consumer",
    width: "2fr",
    value: ({ name }) => name,
    render: ({ name, kind, arn }) => <ConsumerName name={name} kind={kind} arn={arn} />,
  },
  {
    key: "kind",
    title: "Kind",
    fromWidth: 650,
    width: "130px",
    value: ({ kind }) => kinds[kind],
    render: ({ kind }) => (
      <Badge size="sm" variant="light" color="gray" tt="none">
        {kinds[kind]}
      </Badge>
    ),
  },
  { key: "library", title: "With", fromWidth: 1000, value: ({ library }) => library },
  {
    key: "lag",
    title: "Behind",
    align: "right",
    width: "90px",
    value: ({ lagMs }) => lagMs,
    render: ({ lagMs }) => (
      <Text span inherit {...(lagMs > lagToSeeMs && { c: "orange" })}>
        {lagMs === 0 ? "–" : durationText(lagMs)}
      </Text>
    ),
  },
  {
    key: "records",
    title: "Records behind",
    align: "right",
    width: "120px",
    value: ({ behindRecords }) => behindRecords,
    render: ({ behindRecords }) => countText(behindRecords),
  },
  {
    key: "bytes",
    title: "Bytes behind",
    fromWidth: 900,
    align: "right",
    width: "110px",
    value: ({ behindBytes }) => behindBytes,
    render: ({ behindBytes }) => bytesText(behindBytes),
  },
  {
    key: "rate",
    title: "Reads a second",
    fromWidth: 750,
    align: "right",
    width: "120px",
    value: ({ recordsPerSecond }) => recordsPerSecond,
    render: ({ recordsPerSecond }) => rateText(recordsPerSecond),
  },
  {
    key: "last",
    title: "Last read",
    align: "right",
    width: "110px",
    value: ({ lastAt }) => lastAt,
    render: ({ lastAt, nowMs }) => (lastAt === undefined ? "never" : agoText(lastAt, nowMs)),
  },
  {
    key: "actions",
    title: "",
    width: "40px",
    value: () => undefined,
    render: ({ registered, onDeregister }) =>
      registered !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`Deregister ${registered.ConsumerName}`}
          onClick={(event) => {
            event.stopPropagation();
            onDeregister(registered);
          }}
        >
          <IconTrash size={14} />
        </ActionIcon>
      ),
  },
];

/** Delivery streams and applications have screens of their own. */
function ConsumerName({
  name,
  kind,
  arn,
}: {
  readonly name: string;
  readonly kind: Consumer["kind"];
  readonly arn: string | undefined;
}): ReactNode {
  const screen = kind === "delivery" ? "delivery" : kind === "application" ? "applications" : undefined;
  if (screen === undefined || arn === undefined) return name;
  return (
    <Text
      component={Link}
      to={`/${screen}/${encodeURIComponent(name)}`}
      inherit
      c="var(--mantine-primary-color-light-color)"
      onClick={(event) => event.stopPropagation()}
    >
      {name}
    </Text>
  );
}

function RegisterButton({ onClick }: { readonly onClick: () => void }): ReactNode {
  return (
    <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={onClick}>
      Register consumer
    </Button>
  );
}

interface RegisterConsumerProps {
  readonly streamArn: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function RegisterConsumer({ streamArn, isOpen, onClose }: RegisterConsumerProps): ReactNode {
  const [name, setName] = useState("");
  const register = useAwsAction(
    "kinesis",
    (kinesis, consumer: string) =>
      kinesis.registerStreamConsumer({ StreamARN: streamArn, ConsumerName: consumer }),
    { changes: [["kinesis"], ["millrace"]], done: (_, consumer) => `${consumer} is registered.` },
  );
  return (
    <Modal opened={isOpen} onClose={onClose} title="Register consumer" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          register.mutate(name, {
            onSuccess: () => {
              setName("");
              onClose();
            },
          });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="It gets 2 MiB a second of each shard for itself, pushed by SubscribeToShard"
            data-autofocus
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={register.isPending}>
              Register
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useDeregister(streamArn: string): (consumer: RegisteredConsumer) => void {
  const deregister = useAwsAction(
    "kinesis",
    (kinesis, consumer: string) =>
      kinesis.deregisterStreamConsumer({ StreamARN: streamArn, ConsumerName: consumer }),
    { changes: [["kinesis"], ["millrace"]], done: (_, consumer) => `${consumer} is deregistered.` },
  );
  return ({ ConsumerName = "" }) =>
    confirm({
      title: `Deregister ${ConsumerName}`,
      message: "Its subscriptions end.",
      action: "Deregister",
      onConfirm: () => deregister.mutate(ConsumerName),
    });
}

function readConsumers(
  kinesis: ServiceClients["kinesis"],
  streamArn: string,
): Promise<readonly RegisteredConsumer[]> {
  return allPages(async (NextToken) => {
    const output = await kinesis.listStreamConsumers({ StreamARN: streamArn, NextToken });
    return { items: output.Consumers, next: output.NextToken };
  });
}
