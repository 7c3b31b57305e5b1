import type { ConsumerPlan, PipelinePlan } from "../../../kernels/delivery/index.ts";
import { extensionOf } from "../../../kernels/delivery/index.ts";
import type { FirehoseParts } from "../dependencies.ts";
import { onBehalfOf, type PlannedStream } from "../destinations/destination.ts";
import { processorsOf } from "../processing/processor-chain.ts";
import { conversionEncoder } from "./conversion-encoder.ts";
import { dynamicPartitioning } from "./dynamic-partitioning.ts";
import type { ExtendedS3Settings } from "./extended-settings.ts";
import { isConverting } from "./format-conversion.ts";
import { byteEncoder, byteExtension, errorOutput, objectSink } from "./object-plan.ts";
import { kernelHints, type S3Settings } from "./s3-settings.ts";
import { compiledPrefixes } from "./settings-check.ts";

/** What the delivery kernel does for an S3 destination: deliver, and where asked for, back the sources up. */
export async function s3Plan(
  { settings }: { readonly settings: ExtendedS3Settings },
  stream: PlannedStream,
  parts: FirehoseParts,
): Promise<PipelinePlan> {
  if (isConverting(settings.DataFormatConversionConfiguration)) await parts.tables.open();
  const destination = destinationConsumer(settings, stream, parts);
  const { S3BackupMode: mode, S3BackupDescription: backup } = settings;
  if (mode !== "Enabled" || backup === undefined) return { consumers: [destination] };
  return { consumers: [destination, backupConsumer(backup, stream, parts)] };
}

function destinationConsumer(
  settings: ExtendedS3Settings,
  stream: PlannedStream,
  parts: FirehoseParts,
): ConsumerPlan {
  const partitions = settings.DynamicPartitioningConfiguration?.Enabled === true;
  const timeZone = settings.CustomTimeZone;
  const prefixes = compiledPrefixes(settings, { timeZone, dynamicPartitioning: partitions });
  const converts = isConverting(settings.DataFormatConversionConfiguration);
  const extension = converts
    ? extensionOf({ fileExtension: settings.FileExtension, format: "parquet" })
    : byteExtension(settings, settings.FileExtension);
  return {
    name: "destination",
    processors: processorsOf(settings.ProcessingConfiguration, stream, parts),
    ...(partitions ? { partitioning: dynamicPartitioning(prefixes.output, parts.clock) } : {}),
    hints: kernelHints(settings),
    sink: objectSink(settings, { prefix: prefixes.output, extension, timeZone }, stream, parts),
    encoder: converts ? conversionEncoder(settings, onBehalfOf(stream), parts) : byteEncoder(settings, parts),
    errors: errorOutput(settings, { prefix: prefixes.errors, timeZone }, stream, parts),
  };
}

/** Records as they came, before any processing. */
export function backupConsumer(
  backup: S3Settings,
  stream: PlannedStream,
  parts: FirehoseParts,
): ConsumerPlan {
  const prefixes = compiledPrefixes(backup, {});
  return {
    name: "backup",
    // Records that a producer library has aggregated are taken apart all the same.
    processors: processorsOf(undefined, stream, parts),
    hints: kernelHints(backup),
    sink: objectSink(backup, { prefix: prefixes.output, extension: byteExtension(backup) }, stream, parts),
    encoder: byteEncoder(backup, parts),
    errors: errorOutput(backup, { prefix: prefixes.errors }, stream, parts),
  };
}
