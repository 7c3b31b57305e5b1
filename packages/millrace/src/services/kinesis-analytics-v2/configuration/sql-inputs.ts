import type {
  InputDescription,
  InputProcessingConfiguration,
  InputProcessingConfigurationDescription,
  InputUpdate,
  Input as SqlInput,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { parseArn } from "../../../core/arn.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { checkSchema } from "./source-schema.ts";

/** A source of a SQL-1_0 application. @throws ServiceError */
export function newInput(asked: Input<SqlInput>, id: string): InputDescription {
  const { KinesisStreamsInput: streams, KinesisFirehoseInput: firehose } = asked;
  if (firehose !== undefined) throw firehoseIsNoSource();
  if (streams === undefined)
    throw invalidArgument("KinesisStreamsInput must be given as the streaming source.");
  checkStreamArn(streams.ResourceARN);
  checkSchema(asked.InputSchema);
  const count = asked.InputParallelism?.Count ?? 1;
  const processing = asked.InputProcessingConfiguration;
  return {
    InputId: id,
    NamePrefix: asked.NamePrefix,
    InAppStreamNames: streamNames(asked.NamePrefix, count),
    ...(processing && { InputProcessingConfigurationDescription: describedProcessing(processing) }),
    KinesisStreamsInputDescription: { ResourceARN: streams.ResourceARN },
    InputSchema: asked.InputSchema,
    InputParallelism: { Count: count },
  };
}

/** @throws ServiceError */
export function updatedInput(before: InputDescription, update: Input<InputUpdate>): InputDescription {
  if (update.KinesisFirehoseInputUpdate !== undefined) throw firehoseIsNoSource();
  const prefix = update.NamePrefixUpdate ?? before.NamePrefix ?? "";
  const count = update.InputParallelismUpdate?.CountUpdate ?? before.InputParallelism?.Count ?? 1;
  const stream =
    update.KinesisStreamsInputUpdate?.ResourceARNUpdate ?? before.KinesisStreamsInputDescription?.ResourceARN;
  if (stream === undefined) throw invalidArgument("The input has no streaming source.");
  checkStreamArn(stream);
  const schema = updatedSchema(before, update);
  const lambda = update.InputProcessingConfigurationUpdate?.InputLambdaProcessorUpdate.ResourceARNUpdate;
  return {
    ...before,
    NamePrefix: prefix,
    InAppStreamNames: streamNames(prefix, count),
    ...(lambda !== undefined && {
      InputProcessingConfigurationDescription: describedProcessing({
        InputLambdaProcessor: { ResourceARN: lambda },
      }),
    }),
    KinesisStreamsInputDescription: { ResourceARN: stream },
    InputSchema: schema,
    InputParallelism: { Count: count },
  };
}

function updatedSchema(
  before: InputDescription,
  { InputSchemaUpdate: update }: Input<InputUpdate>,
): NonNullable<InputDescription["InputSchema"]> {
  const old = before.InputSchema as Input<NonNullable<InputDescription["InputSchema"]>>;
  if (update === undefined) return old;
  const schema = {
    RecordFormat: update.RecordFormatUpdate ?? old.RecordFormat,
    RecordEncoding: update.RecordEncodingUpdate ?? old.RecordEncoding,
    RecordColumns: update.RecordColumnUpdates ?? old.RecordColumns,
  };
  checkSchema(schema);
  return schema;
}

/** @throws ServiceError */
export function describedProcessing(
  asked: Input<InputProcessingConfiguration>,
): InputProcessingConfigurationDescription {
  const arn = asked.InputLambdaProcessor.ResourceARN;
  if (parseArn(arn)?.service !== "lambda")
    throw invalidArgument(`${arn} is not the ARN of a Lambda function.`);
  return { InputLambdaProcessorDescription: { ResourceARN: arn } };
}

function streamNames(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}_${String(index + 1).padStart(3, "0")}`);
}

function checkStreamArn(text: string): void {
  const arn = parseArn(text);
  if (arn?.service !== "kinesis" || !arn.resource.startsWith("stream/"))
    throw invalidArgument(`${text} is not the ARN of a Kinesis data stream.`);
}

const firehoseIsNoSource = (): Error =>
  invalidArgument(
    "A Firehose delivery stream cannot be read: it is a destination. Use KinesisStreamsInput with the data stream " +
      "that the delivery stream reads, or read the objects that it writes.",
  );
