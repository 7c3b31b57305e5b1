import type { CreateDeliveryStreamInput, SourceDescription } from "@aws-sdk/client-firehose";
import { parseArn } from "../../core/arn.ts";
import type { Input } from "../../gateway/service.ts";
import { StreamSourceError } from "../../kernels/delivery/index.ts";
import type { DestinationRequest } from "./destinations/destination.ts";
import type { SourceDocument } from "./document.ts";
import { invalidArgument, notSupported } from "./errors.ts";
import { checkRole } from "./s3/settings-check.ts";
import type { FirehoseState } from "./state.ts";

type CreateInput = Input<CreateDeliveryStreamInput>;

/** The source that a call asks for. @throws ServiceError InvalidArgumentException */
export async function requestedSource(
  state: FirehoseState,
  input: CreateInput,
  request: DestinationRequest,
): Promise<SourceDocument> {
  switch (input.DeliveryStreamType ?? "DirectPut") {
    case "DirectPut":
      return directPut(input);
    case "KinesisStreamAsSource":
      return kinesis(state, input, request);
    case "MSKAsSource":
      if (input.MSKSourceConfiguration === undefined)
        throw invalidArgument("MSKSourceConfig is mandatory for MSK as Source stream type.");
      throw notSupported(
        "MSKAsSource is not supported yet: Millrace has no Kafka broker that Firehose could read from.",
      );
    default:
      throw notSupported(
        "DatabaseAsSource is not supported: Firehose in Millrace reads from direct puts and Kinesis data streams.",
      );
  }
}

/** As on AWS, a source configuration of a stream that is put into is ignored. */
function directPut({ DirectPutSourceConfiguration: configuration }: CreateInput): SourceDocument {
  if (configuration === undefined) return { kind: "directPut" };
  return { kind: "directPut", throughputHintMBs: configuration.ThroughputHintInMBs };
}

async function kinesis(
  state: FirehoseState,
  { KinesisStreamSourceConfiguration: configuration }: CreateInput,
  request: DestinationRequest,
): Promise<SourceDocument> {
  if (configuration === undefined)
    throw invalidArgument("KinesisSourceStreamConfig is mandatory for KinesisStreamAsSource stream type.");
  const { KinesisStreamARN: streamArn, RoleARN: roleArn } = configuration;
  if (parseArn(streamArn)?.region !== request.call.region)
    throw invalidArgument(`The Kinesis data stream ${streamArn} is in another region.`);
  checkRole(roleArn, request);
  try {
    const source = await state.sources.open(streamArn, { roleArn, sourceArn: request.stream.arn });
    source.shards();
  } catch (error) {
    if (error instanceof StreamSourceError) throw invalidArgument(error.message);
    throw error;
  }
  return { kind: "kinesis", streamArn, roleArn, startMs: state.clock.now() };
}

/** Undefined for direct puts that say nothing of themselves. */
export function describedSource(source: SourceDocument): SourceDescription | undefined {
  if (source.kind === "directPut") {
    const { throughputHintMBs } = source;
    if (throughputHintMBs === undefined) return undefined;
    return { DirectPutSourceDescription: { ThroughputHintInMBs: throughputHintMBs } };
  }
  return {
    KinesisStreamSourceDescription: {
      KinesisStreamARN: source.streamArn,
      RoleARN: source.roleArn,
      DeliveryStartTimestamp: new Date(source.startMs),
    },
  };
}
