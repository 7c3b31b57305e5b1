import type { CloudWatch } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { DynamoDB } from "@aws-sdk/client-dynamodb";
import type { Firehose } from "@aws-sdk/client-firehose";
import type { Glue } from "@aws-sdk/client-glue";
import type { IAM } from "@aws-sdk/client-iam";
import type { Kinesis } from "@aws-sdk/client-kinesis";
import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import type { KMS } from "@aws-sdk/client-kms";
import type { Redshift } from "@aws-sdk/client-redshift";
import type { RedshiftData } from "@aws-sdk/client-redshift-data";
import type { S3 } from "@aws-sdk/client-s3";
import type { STS } from "@aws-sdk/client-sts";

/** The SDK's client of each service, by AWS's service id. */
export interface ServiceClients {
  readonly cloudwatch: CloudWatch;
  readonly logs: CloudWatchLogs;
  readonly dynamodb: DynamoDB;
  readonly firehose: Firehose;
  readonly glue: Glue;
  readonly iam: IAM;
  readonly kinesis: Kinesis;
  readonly "kinesis-analytics-v2": KinesisAnalyticsV2;
  readonly kms: KMS;
  readonly redshift: Redshift;
  readonly "redshift-data": RedshiftData;
  readonly s3: S3;
  readonly sts: STS;
}

export type ServiceId = keyof ServiceClients;

export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly maxAttempts: number;
  /** What the console is called where clients are shown. */
  readonly userAgentAppId: string;
}

type Loader<K extends ServiceId> = (settings: ClientSettings) => Promise<ServiceClients[K]>;

/** Each client is a file of its own, loaded by the first screen that needs it. */
export const clientLoaders: Readonly<{ [K in ServiceId]: Loader<K> }> = {
  cloudwatch: async (settings) => new (await import("@aws-sdk/client-cloudwatch")).CloudWatch(settings),
  logs: async (settings) => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(settings),
  dynamodb: async (settings) => new (await import("@aws-sdk/client-dynamodb")).DynamoDB(settings),
  firehose: async (settings) => new (await import("@aws-sdk/client-firehose")).Firehose(settings),
  glue: async (settings) => new (await import("@aws-sdk/client-glue")).Glue(settings),
  iam: async (settings) => new (await import("@aws-sdk/client-iam")).IAM(settings),
  kinesis: async (settings) => new (await import("@aws-sdk/client-kinesis")).Kinesis(settings),
  "kinesis-analytics-v2": async (settings) =>
    new (await import("@aws-sdk/client-kinesis-analytics-v2")).KinesisAnalyticsV2(settings),
  kms: async (settings) => new (await import("@aws-sdk/client-kms")).KMS(settings),
  redshift: async (settings) => new (await import("@aws-sdk/client-redshift")).Redshift(settings),
  "redshift-data": async (settings) =>
    new (await import("@aws-sdk/client-redshift-data")).RedshiftData(settings),
  s3: async (settings) => new (await import("@aws-sdk/client-s3")).S3({ ...settings, forcePathStyle: true }),
  sts: async (settings) => new (await import("@aws-sdk/client-sts")).STS(settings),
};
