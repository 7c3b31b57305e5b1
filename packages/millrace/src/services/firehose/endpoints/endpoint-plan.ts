import type { FailedRecord, PipelinePlan, Sink } from "../../../kernels/delivery/index.ts";
import type { FirehoseParts } from "../dependencies.ts";
import type { PlannedStream } from "../destinations/destination.ts";
import { processorsOf } from "../processing/processor-chain.ts";
import { errorOutput } from "../s3/object-plan.ts";
import { backupConsumer } from "../s3/s3-plan.ts";
import { kernelHints } from "../s3/s3-settings.ts";
import { compiledPrefixes } from "../s3/settings-check.ts";
import type { EndpointSettings } from "./endpoint-settings.ts";

export interface EndpointDelivery {
  readonly sink: Sink;
  /** The output type of records that were not delivered: `http-endpoint-failed`. */
  readonly failedType: string;
  readonly format: (failed: FailedRecord) => Buffer;
  /** The backup mode in which every record goes to S3. */
  readonly everything: string;
}

/** What the delivery kernel does for a destination that takes records one by one. */
export function endpointPlan(
  settings: EndpointSettings,
  { sink, failedType, format, everything }: EndpointDelivery,
  stream: PlannedStream,
  parts: FirehoseParts,
): PipelinePlan {
  const place = settings.S3DestinationDescription;
  const { errors: prefix } = compiledPrefixes(place, {});
  const destination = {
    name: "destination",
    processors: processorsOf(settings.ProcessingConfiguration, stream, parts),
    hints: kernelHints(settings),
    sink,
    encoder: () => parts.encoders.recordList(),
    retryMs: settings.RetryOptions.DurationInSeconds * 1_000,
    errors: { ...errorOutput(place, { prefix }, stream, parts, failedType), format },
  };
  if (settings.S3BackupMode !== everything) return { consumers: [destination] };
  return { consumers: [destination, backupConsumer(place, stream, parts)] };
}
