import type { ApplicationDetail } from "@aws-sdk/client-kinesis-analytics-v2";
import { Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { CodeText } from "../../ui/code-panel.tsx";
import { FactTable } from "../../ui/facts.tsx";
import { timeText } from "../../ui/format.ts";

/** What an application is made of, in AWS's words. */
export function ConfigurationTab({ detail }: { readonly detail: ApplicationDetail }): ReactNode {
  const flink = detail.ApplicationConfigurationDescription?.FlinkApplicationConfigurationDescription;
  const parallelism = flink?.ParallelismConfigurationDescription;
  const checkpoints = flink?.CheckpointConfigurationDescription;
  const sql = detail.ApplicationConfigurationDescription?.SqlApplicationConfigurationDescription;
  const rows: readonly (readonly [string, ReactNode])[] = [
    ["ARN", detail.ApplicationARN],
    ["Service execution role", detail.ServiceExecutionRole],
    ["Created", timeText(detail.CreateTimestamp)],
    ["Changed", timeText(detail.LastUpdateTimestamp)],
    ...(parallelism === undefined
      ? []
      : [
          [
            "Parallelism",
            `${parallelism.Parallelism}, ${parallelism.ParallelismPerKPU} a KPU, ${
              parallelism.AutoScalingEnabled === true ? "scales by itself" : "fixed"
            }`,
          ] as const,
        ]),
    ...(checkpoints === undefined
      ? []
      : [["Checkpoints", `every ${(checkpoints.CheckpointInterval ?? 0) / 1_000} s`] as const]),
    ...(flink?.MonitoringConfigurationDescription === undefined
      ? []
      : [["Log level", flink.MonitoringConfigurationDescription.LogLevel] as const]),
    ...(sql?.InputDescriptions ?? []).map(
      (input) =>
        [
          `Input ${input.NamePrefix}`,
          input.KinesisStreamsInputDescription?.ResourceARN ?? "another kind",
        ] as const,
    ),
    ...(sql?.OutputDescriptions ?? []).map(
      (output) =>
        [
          `Output ${output.Name}`,
          output.KinesisStreamsOutputDescription?.ResourceARN ??
            output.KinesisFirehoseOutputDescription?.ResourceARN ??
            output.LambdaOutputDescription?.ResourceARN,
        ] as const,
    ),
  ];
  return (
    <Stack>
      <FactTable items={rows} nameWidth={200} />
      <Title order={5}>All of it, as DescribeApplication answers</Title>
      <CodeText text={JSON.stringify(detail, null, 2)} />
    </Stack>
  );
}
