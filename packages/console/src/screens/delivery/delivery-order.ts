import type {
  CompressionFormat,
  CreateDeliveryStreamCommandInput,
  ProcessingConfiguration,
} from "@aws-sdk/client-firehose";
import type { Clients } from "../../api/clients.ts";
import type { Session } from "../../api/session.ts";

export const maxBufferMib = 128;
/** AWS converts larger buffers only. */
export const minParquetMib = 64;
const pollMs = 150;
const maxPolls = 200;

export interface DeliveryOrder {
  readonly name: string;
  /** Empty for direct puts. */
  readonly stream: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly sizeMib: number;
  readonly seconds: number;
  readonly compression: string;
  readonly hasDelimiter: boolean;
  readonly isParquet: boolean;
  /** `database.table` */
  readonly table: string;
  /** Empty for the role `firehose` of the account. */
  readonly role: string;
}

export const firstOrder: DeliveryOrder = {
  name: "",
  stream: "",
  bucket: "",
  prefix: "",
  sizeMib: 5,
  seconds: 60,
  compression: "UNCOMPRESSED",
  hasDelimiter: false,
  isParquet: false,
  table: "",
  role: "",
};

/** What CreateDeliveryStream is called with. */
export function deliveryInput(
  order: DeliveryOrder,
  { account, region }: Pick<Session, "account" | "region">,
): CreateDeliveryStreamCommandInput {
  const { name, stream, bucket, prefix, sizeMib, seconds, isParquet } = order;
  const RoleARN = order.role || `arn:aws:iam::${account}:role/firehose`;
  const [DatabaseName, TableName] = order.table.split(/\.(.*)/s);
  return {
    DeliveryStreamName: name,
    DeliveryStreamType: stream === "" ? "DirectPut" : "KinesisStreamAsSource",
    ...(stream !== "" && {
      KinesisStreamSourceConfiguration: {
        KinesisStreamARN: `arn:aws:kinesis:${region}:${account}:stream/${stream}`,
        RoleARN,
      },
    }),
    ExtendedS3DestinationConfiguration: {
      RoleARN,
      BucketARN: `arn:aws:s3:::${bucket}`,
      ...(prefix !== "" && {
        Prefix: prefix,
        ErrorOutputPrefix: `errors/${prefix}!{firehose:error-output-type}/`,
      }),
      BufferingHints: { SizeInMBs: sizeMib, IntervalInSeconds: seconds },
      ...(!isParquet && { CompressionFormat: order.compression as CompressionFormat }),
      ...(!isParquet && order.hasDelimiter && { ProcessingConfiguration: delimiter() }),
      ...(isParquet && {
        DataFormatConversionConfiguration: {
          Enabled: true,
          SchemaConfiguration: { RoleARN, DatabaseName, TableName, Region: region },
          InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
          OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
        },
      }),
    },
  };
}

/** As AWS writes a line break in a processor's parameter. */
const lineBreak = "\\n";

function delimiter(): ProcessingConfiguration {
  const Parameters = [{ ParameterName: "Delimiter" as const, ParameterValue: lineBreak }];
  return { Enabled: true, Processors: [{ Type: "AppendDelimiterToRecord", Parameters }] };
}

/** Makes the bucket if it is not there, then the stream, and waits until that is active. */
export async function createDelivery(
  clients: Clients,
  order: DeliveryOrder,
  session: Session,
): Promise<void> {
  const s3 = await clients.get("s3");
  const { Buckets = [] } = await s3.listBuckets({});
  if (!Buckets.some(({ Name }) => Name === order.bucket)) await s3.createBucket({ Bucket: order.bucket });
  const firehose = await clients.get("firehose");
  await firehose.createDeliveryStream(deliveryInput(order, session));
  for (let poll = 0; poll < maxPolls; poll++) {
    const { DeliveryStreamDescription: stream } = await firehose.describeDeliveryStream({
      DeliveryStreamName: order.name,
    });
    if (stream?.DeliveryStreamStatus === "ACTIVE") return;
    if (stream?.DeliveryStreamStatus === "CREATING_FAILED")
      throw new Error(stream.FailureDescription?.Details ?? "It could not be created.");
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`The delivery stream ${order.name} did not become active.`);
}
