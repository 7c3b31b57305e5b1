import { Modal, NumberInput, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";
import { ActionForm } from "../../ui/action-form.tsx";

const defaultRetentionHours = 24;
const maxRetentionHours = 8_760;
const pollMs = 150;
const maxPolls = 100;

interface Order {
  readonly name: string;
  readonly mode: "PROVISIONED" | "ON_DEMAND";
  readonly shards: number;
  readonly retentionHours: number;
  readonly isEncrypted: boolean;
  readonly keyId: string;
}

const first: Order = {
  name: "",
  mode: "PROVISIONED",
  shards: 1,
  retentionHours: defaultRetentionHours,
  isEncrypted: false,
  keyId: "alias/aws/kinesis",
};

export interface CreateStreamProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function CreateStream({ isOpen, onClose }: CreateStreamProps): ReactNode {
  const [order, setOrder] = useState(first);
  const navigate = useNavigate();
  const create = useAwsAction("kinesis", createStream, { done: (_, { name }) => `${name} is active.` });
  const submit = (): void =>
    create.mutate(order, {
      onSuccess: () => {
        setOrder(first);
        void navigate(`/streams/${encodeURIComponent(order.name)}`);
      },
    });
  return (
    <Modal opened={isOpen} onClose={onClose} title="Create stream">
      <ActionForm
        action="Create"
        isBusy={create.isPending}
        onCancel={onClose}
        onSubmit={() => {
          submit();
        }}
      >
        <StreamFields order={order} set={(change) => setOrder((current) => ({ ...current, ...change }))} />
      </ActionForm>
    </Modal>
  );
}

interface StreamFieldsProps {
  readonly order: Order;
  readonly set: (change: Partial<Order>) => void;
}

function StreamFields({ order, set }: StreamFieldsProps): ReactNode {
  return (
    <>
      <TextInput
        label="Name"
        data-autofocus
        required
        maxLength={128}
        pattern="[a-zA-Z0-9_.\-]+"
        value={order.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label="Mode"
        data={[
          { value: "PROVISIONED", label: "Provisioned" },
          { value: "ON_DEMAND", label: "On-demand" },
        ]}
        value={order.mode}
        onChange={(mode) => set({ mode: mode === "ON_DEMAND" ? "ON_DEMAND" : "PROVISIONED" })}
      />
      {order.mode === "PROVISIONED" && (
        <NumberInput
          label="Shards"
          description="Each takes 1 MiB and 1,000 records a second"
          min={1}
          value={order.shards}
          onChange={(shards) => set({ shards: Number(shards) || 1 })}
        />
      )}
      <NumberInput
        label="Retention in hours"
        min={defaultRetentionHours}
        max={maxRetentionHours}
        value={order.retentionHours}
        onChange={(hours) => set({ retentionHours: Number(hours) || defaultRetentionHours })}
      />
      <Switch
        label="Encrypt with a key of KMS"
        checked={order.isEncrypted}
        onChange={(event) => set({ isEncrypted: event.currentTarget.checked })}
      />
      {order.isEncrypted && (
        <TextInput
          label="Key"
          required
          value={order.keyId}
          onChange={(event) => set({ keyId: event.currentTarget.value })}
        />
      )}
    </>
  );
}

/** A new stream is CREATING for a moment, and is set up when it is active. */
async function createStream(kinesis: ServiceClients["kinesis"], order: Order): Promise<void> {
  const { name, mode, shards, retentionHours, isEncrypted, keyId } = order;
  await kinesis.createStream({
    StreamName: name,
    StreamModeDetails: { StreamMode: mode },
    ...(mode === "PROVISIONED" && { ShardCount: shards }),
  });
  await untilActive(kinesis, name);
  if (retentionHours > defaultRetentionHours)
    await kinesis.increaseStreamRetentionPeriod({ StreamName: name, RetentionPeriodHours: retentionHours });
  if (isEncrypted) {
    await untilActive(kinesis, name);
    await kinesis.startStreamEncryption({ StreamName: name, EncryptionType: "KMS", KeyId: keyId });
    await untilActive(kinesis, name);
  }
}

async function untilActive(kinesis: ServiceClients["kinesis"], name: string): Promise<void> {
  for (let poll = 0; poll < maxPolls; poll++) {
    const { StreamDescriptionSummary: stream } = await kinesis.describeStreamSummary({ StreamName: name });
    if (stream?.StreamStatus === "ACTIVE") return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`The stream ${name} did not become active.`);
}
