import {
  Autocomplete,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Switch,
  TextInput,
} from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import { useConsole } from "../../api/console-context.tsx";
import { useAction, useAws } from "../../api/queries.ts";
import { streamNames } from "../../api/stream-names.ts";
import { ActionForm } from "../../ui/action-form.tsx";
import { allTableNames } from "./choices.ts";
import {
  createDelivery,
  type DeliveryOrder,
  firstOrder,
  maxBufferMib,
  minParquetMib,
} from "./delivery-order.ts";

export interface CreateDeliveryProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** A delivery stream to S3; all other destinations are made by the SDK, the CLI or Terraform. */
export function CreateDelivery({ isOpen, onClose }: CreateDeliveryProps): ReactNode {
  const { session } = useConsole();
  const [order, setOrder] = useState<DeliveryOrder>(firstOrder);
  const navigate = useNavigate();
  const create = useAction(
    async (given: DeliveryOrder, { clients }) => createDelivery(clients, given, session),
    { changes: [["firehose"], ["s3"]], done: (_, { name }) => `${name} is active.` },
  );
  const set = (change: Partial<DeliveryOrder>): void => setOrder((current) => ({ ...current, ...change }));
  return (
    <Modal opened={isOpen} onClose={onClose} title="Create delivery stream to S3" size="lg">
      <ActionForm
        action="Create"
        isBusy={create.isPending}
        onCancel={onClose}
        onSubmit={() => {
          create.mutate(order, {
            onSuccess: () => {
              setOrder(firstOrder);
              void navigate(`/delivery/${encodeURIComponent(order.name)}`);
            },
          });
        }}
      >
        <SourceFields order={order} set={set} isOpen={isOpen} />
        <TargetFields order={order} set={set} isOpen={isOpen} />
        <FormatFields order={order} set={set} isOpen={isOpen} />
        <TextInput
          label="Role"
          description="What is read and written is in its name"
          placeholder={`arn:aws:iam::${session.account}:role/firehose`}
          value={order.role}
          onChange={(event) => set({ role: event.currentTarget.value.trim() })}
        />
      </ActionForm>
    </Modal>
  );
}

interface FieldsProps {
  readonly order: DeliveryOrder;
  readonly set: (change: Partial<DeliveryOrder>) => void;
  /** Choices are read when they are seen. */
  readonly isOpen: boolean;
}

function SourceFields({ order, set, isOpen }: FieldsProps): ReactNode {
  const streams = useAws("kinesis", ["stream names"], streamNames, { enabled: isOpen });
  return (
    <SimpleGrid cols={2} spacing="sm">
      <TextInput
        label="Name"
        data-autofocus
        required
        maxLength={64}
        pattern="[a-zA-Z0-9_.\-]+"
        value={order.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        label="From"
        data={[
          { value: "", label: "direct put" },
          ...(streams.data ?? []).map((stream) => ({ value: stream, label: `stream ${stream}` })),
        ]}
        value={order.stream}
        allowDeselect={false}
        searchable
        onChange={(stream) => set({ stream: stream ?? "" })}
      />
    </SimpleGrid>
  );
}

function TargetFields({ order, set, isOpen }: FieldsProps): ReactNode {
  const buckets = useAws(
    "s3",
    ["bucket names"],
    async (s3) => ((await s3.listBuckets({})).Buckets ?? []).flatMap(({ Name }) => Name ?? []),
    { enabled: isOpen },
  );
  return (
    <SimpleGrid cols={2} spacing="sm">
      <Autocomplete
        label="Bucket"
        description="Made if it is not there"
        required
        data={[...(buckets.data ?? [])]}
        value={order.bucket}
        onChange={(bucket) => set({ bucket })}
      />
      <TextInput
        label="Prefix"
        description="YYYY/MM/dd/HH/ follows"
        placeholder="clicks/"
        value={order.prefix}
        onChange={(event) => set({ prefix: event.currentTarget.value })}
      />
      <NumberInput
        label="Deliver at (MiB)"
        min={order.isParquet ? minParquetMib : 1}
        max={maxBufferMib}
        value={order.sizeMib}
        onChange={(size) => set({ sizeMib: Number(size) || 1 })}
      />
      <NumberInput
        label="Deliver after (seconds)"
        min={0}
        max={900}
        value={order.seconds}
        onChange={(seconds) => set({ seconds: Number(seconds) || 0 })}
      />
    </SimpleGrid>
  );
}

function FormatFields({ order, set, isOpen }: FieldsProps): ReactNode {
  const tables = useAws("glue", ["table names"], allTableNames, { enabled: isOpen && order.isParquet });
  return (
    <>
      <Switch
        label="Convert JSON to Parquet by a table of the Glue catalog"
        checked={order.isParquet}
        onChange={(event) =>
          set({
            isParquet: event.currentTarget.checked,
            sizeMib: event.currentTarget.checked ? Math.max(order.sizeMib, minParquetMib) : order.sizeMib,
          })
        }
      />
      {order.isParquet ? (
        <Select
          label="Table"
          placeholder="database.table"
          required
          searchable
          data={[...(tables.data ?? [])]}
          value={order.table === "" ? null : order.table}
          nothingFoundMessage="No such table in the catalog"
          onChange={(table) => set({ table: table ?? "" })}
        />
      ) : (
        <Group gap="lg">
          <SegmentedControl
            size="xs"
            aria-label="Compression"
            data={["UNCOMPRESSED", "GZIP", "Snappy", "ZIP"]}
            value={order.compression}
            onChange={(compression) => set({ compression })}
          />
          <Switch
            label="A line break behind each record"
            checked={order.hasDelimiter}
            onChange={(event) => set({ hasDelimiter: event.currentTarget.checked })}
          />
        </Group>
      )}
    </>
  );
}
