import type { MetricsName, StreamDescriptionSummary } from "@aws-sdk/client-kinesis";
import {
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAwsAction } from "../../../api/queries.ts";
import { timeText } from "../../../ui/format.ts";
import { PolicySetting } from "./policy-setting.tsx";
import { Setting } from "./setting.tsx";
import { TagSetting } from "./tag-setting.tsx";

const minRetentionHours = 24;
const maxRetentionHours = 8_760;
const minRecordKiB = 1_024;
const maxRecordKiB = 10_240;
const allMetrics: readonly MetricsName[] = ["ALL"];

export interface SettingsTabProps {
  readonly name: string;
  readonly stream: StreamDescriptionSummary | undefined;
}

export function SettingsTab({ name, stream }: SettingsTabProps): ReactNode {
  if (stream === undefined) return undefined;
  const arn = stream.StreamARN ?? "";
  return (
    <Stack gap="md" style={{ overflow: "auto" }}>
      <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: "anywhere" }}>
        {arn} · created {timeText(stream.StreamCreationTimestamp)}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <RetentionSetting name={name} hours={stream.RetentionPeriodHours ?? minRetentionHours} />
        <ModeSetting arn={arn} mode={stream.StreamModeDetails?.StreamMode ?? "PROVISIONED"} />
        <EncryptionSetting name={name} keyId={stream.KeyId} />
        <RecordSizeSetting arn={arn} kib={stream.MaxRecordSizeInKiB ?? minRecordKiB} />
        <MonitoringSetting name={name} stream={stream} />
        <TagSetting arn={arn} />
      </SimpleGrid>
      <PolicySetting arn={arn} />
    </Stack>
  );
}

interface NumberFormProps {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly isBusy: boolean;
  readonly onChange: (value: number) => void;
}

function NumberForm({ label, from, to, value, isBusy, onChange }: NumberFormProps): ReactNode {
  const [edited, setEdited] = useState(value);
  return (
    <Group align="flex-end" gap="xs">
      <NumberInput
        size="xs"
        label={label}
        min={from}
        max={to}
        value={edited}
        onChange={(next) => setEdited(Number(next) || from)}
      />
      <Button size="xs" disabled={edited === value} loading={isBusy} onClick={() => onChange(edited)}>
        Change
      </Button>
    </Group>
  );
}

function RetentionSetting({ name, hours }: { readonly name: string; readonly hours: number }): ReactNode {
  const change = useAwsAction(
    "kinesis",
    (kinesis, to: number) => {
      const input = { StreamName: name, RetentionPeriodHours: to };
      return to > hours
        ? kinesis.increaseStreamRetentionPeriod(input)
        : kinesis.decreaseStreamRetentionPeriod(input);
    },
    { done: (_, to) => `Records are kept for ${to} hours.` },
  );
  return (
    <Setting title="Retention" about="How long records can be read; 24 hours to 365 days.">
      <NumberForm
        label="Hours"
        from={minRetentionHours}
        to={maxRetentionHours}
        value={hours}
        isBusy={change.isPending}
        onChange={change.mutate}
      />
    </Setting>
  );
}

function ModeSetting({ arn, mode }: { readonly arn: string; readonly mode: string }): ReactNode {
  const change = useAwsAction(
    "kinesis",
    (kinesis, to: "PROVISIONED" | "ON_DEMAND") =>
      kinesis.updateStreamMode({ StreamARN: arn, StreamModeDetails: { StreamMode: to } }),
    { done: () => "The mode is being changed." },
  );
  return (
    <Setting title="Capacity mode" about="On-demand streams choose their number of shards by themselves.">
      <SegmentedControl
        size="xs"
        aria-label="Capacity mode"
        disabled={change.isPending}
        data={[
          { value: "PROVISIONED", label: "Provisioned" },
          { value: "ON_DEMAND", label: "On-demand" },
        ]}
        value={mode}
        onChange={(to) => change.mutate(to === "ON_DEMAND" ? "ON_DEMAND" : "PROVISIONED")}
      />
    </Setting>
  );
}

function EncryptionSetting({
  name,
  keyId,
}: {
  readonly name: string;
  readonly keyId: string | undefined;
}): ReactNode {
  const [key, setKey] = useState("alias/aws/kinesis");
  const change = useAwsAction(
    "kinesis",
    (kinesis, isOn: boolean) =>
      isOn
        ? kinesis.startStreamEncryption({ StreamName: name, EncryptionType: "KMS", KeyId: key })
        : kinesis.stopStreamEncryption({ StreamName: name, EncryptionType: "KMS", KeyId: keyId ?? key }),
    { done: (_, isOn) => (isOn ? "New records are encrypted." : "New records are not encrypted any more.") },
  );
  return (
    <Setting title="Encryption" about="Records lie on disk encrypted with a data key of this KMS key.">
      <Group align="flex-end" gap="xs">
        <TextInput
          size="xs"
          flex={1}
          label="KMS key"
          value={keyId ?? key}
          readOnly={keyId !== undefined}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant={keyId === undefined ? "filled" : "default"}
          loading={change.isPending}
          onClick={() => change.mutate(keyId === undefined)}
        >
          {keyId === undefined ? "Encrypt" : "Stop"}
        </Button>
      </Group>
    </Setting>
  );
}

function RecordSizeSetting({ arn, kib }: { readonly arn: string; readonly kib: number }): ReactNode {
  const change = useAwsAction(
    "kinesis",
    (kinesis, to: number) => kinesis.updateMaxRecordSize({ StreamARN: arn, MaxRecordSizeInKiB: to }),
    { done: (_, to) => `Records may have up to ${to} KiB.` },
  );
  return (
    <Setting title="Record size" about="The largest record that is taken; 1,024 to 10,240 KiB.">
      <NumberForm
        label="KiB"
        from={minRecordKiB}
        to={maxRecordKiB}
        value={kib}
        isBusy={change.isPending}
        onChange={change.mutate}
      />
    </Setting>
  );
}

function MonitoringSetting({
  name,
  stream,
}: {
  readonly name: string;
  readonly stream: StreamDescriptionSummary;
}): ReactNode {
  const metrics = stream.EnhancedMonitoring?.flatMap(({ ShardLevelMetrics = [] }) => ShardLevelMetrics) ?? [];
  const change = useAwsAction("kinesis", (kinesis, isOn: boolean) => {
    const input = { StreamName: name, ShardLevelMetrics: [...allMetrics] };
    return isOn ? kinesis.enableEnhancedMonitoring(input) : kinesis.disableEnhancedMonitoring(input);
  });
  return (
    <Setting title="Metrics by shard" about="Published to CloudWatch, beside those of the whole stream.">
      <Switch
        label={metrics.length === 0 ? "Off" : metrics.join(", ")}
        checked={metrics.length > 0}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
    </Setting>
  );
}
