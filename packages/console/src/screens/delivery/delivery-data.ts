import type { DeliveryStreamDescription, DestinationDescription } from "@aws-sdk/client-firehose";
import type { UseQueryResult } from "@tanstack/react-query";
import { useAws, useMillrace } from "../../api/queries.ts";
import type { ServiceClients } from "../../api/services.ts";

const everyMs = 2_000;
const useEveryMs = 1_000;

export interface Buffers {
  /** Of the fullest partition. */
  readonly bytes: number;
  readonly maxBytes: number;
  readonly ageSeconds: number;
  readonly maxSeconds: number;
  readonly partitions: number;
  readonly totalBytes: number;
  readonly delivering: { readonly buffers: number; readonly bytes: number };
}

export interface Backlog {
  readonly records: number;
  readonly bytes: number;
  readonly oldestSeconds: number;
}

export interface Delivery {
  readonly at: number;
  readonly consumer: string;
  readonly target: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly records: number;
  readonly bytes: number;
  readonly encodedBytes: number;
  readonly ms: number;
  readonly errorOutputType?: string;
  readonly partitionKeys?: Readonly<Record<string, string>>;
}

export interface Failure {
  readonly at: number;
  readonly firstAt: number;
  readonly count: number;
  readonly consumer: string;
  readonly kind: "attempt" | "records" | "source";
  readonly code: string;
  readonly message: string;
  readonly records: number;
}

interface Rate {
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
}

/** What `GET /_millrace/deliveries/NAME/use` answers. */
export interface DeliveryUse {
  readonly at: number;
  readonly delivery: { readonly source: string; readonly destination: string };
  readonly buffers?: Buffers;
  readonly backlog?: Backlog;
  readonly in: Rate;
  readonly out: Rate & { readonly errors: number };
  readonly behindMs?: number;
  readonly deliveries: readonly Delivery[];
  readonly failures: readonly Failure[];
}

export interface Flushed {
  readonly records: number;
  readonly bytes: number;
  readonly failedRecords: number;
  readonly deliveries: readonly Delivery[];
}

export function useDeliveryUse(name: string): UseQueryResult<DeliveryUse, Error> {
  return useMillrace<DeliveryUse>(`deliveries/${encodeURIComponent(name)}/use`, {}, { everyMs: useEveryMs });
}

export function useDelivery(name: string): UseQueryResult<DeliveryStreamDescription | undefined, Error> {
  return useAws(
    "firehose",
    ["delivery", name],
    async (firehose) =>
      (await firehose.describeDeliveryStream({ DeliveryStreamName: name })).DeliveryStreamDescription,
    { everyMs },
  );
}

export async function allDeliveryNames(firehose: ServiceClients["firehose"]): Promise<readonly string[]> {
  const names: string[] = [];
  let isMore = true;
  while (isMore) {
    const last = names.at(-1);
    const answer = await firehose.listDeliveryStreams(
      last === undefined ? {} : { ExclusiveStartDeliveryStreamName: last },
    );
    names.push(...(answer.DeliveryStreamNames ?? []));
    isMore = answer.HasMoreDeliveryStreams === true && names.at(-1) !== last;
  }
  return names;
}

/** Where records go, in a word and in full, and where in this console that can be looked at. */
export interface DestinationFacts {
  readonly kind: string;
  readonly target: string;
  readonly to: string | undefined;
}

export function destinationFacts(destination: DestinationDescription | undefined): DestinationFacts {
  const s3 = destination?.ExtendedS3DestinationDescription ?? destination?.S3DestinationDescription;
  const redshift = destination?.RedshiftDestinationDescription;
  const http = destination?.HttpEndpointDestinationDescription;
  const splunk = destination?.SplunkDestinationDescription;
  const search =
    destination?.AmazonopensearchserviceDestinationDescription ??
    destination?.ElasticsearchDestinationDescription;
  if (redshift !== undefined) {
    const table = redshift.CopyCommand?.DataTableName ?? "";
    const cluster = /^jdbc:redshift:\/\/([^.:/]+)/.exec(redshift.ClusterJDBCURL ?? "")?.[1];
    return { kind: "Redshift", target: `${cluster ?? ""} · ${table}`, to: cluster && `/clusters/${cluster}` };
  }
  if (http !== undefined)
    return { kind: "HTTP endpoint", target: http.EndpointConfiguration?.Url ?? "", to: undefined };
  if (splunk !== undefined) return { kind: "Splunk", target: splunk.HECEndpoint ?? "", to: undefined };
  if (search !== undefined)
    return { kind: "OpenSearch", target: `${search.ClusterEndpoint} · ${search.IndexName}`, to: undefined };
  if (s3 === undefined) return { kind: "", target: "", to: undefined };
  const bucket = bucketOf(s3.BucketARN);
  return {
    kind:
      s3 === destination?.ExtendedS3DestinationDescription && isParquet(destination) ? "S3, Parquet" : "S3",
    target: `s3://${bucket}/${s3.Prefix ?? ""}`,
    to: `/objects/${bucket}`,
  };
}

function isParquet(destination: DestinationDescription): boolean {
  const { DataFormatConversionConfiguration: conversion } =
    destination.ExtendedS3DestinationDescription ?? {};
  return conversion?.Enabled === true;
}

function bucketOf(arn: string | undefined): string {
  return (arn ?? "").replace(/^arn:[^:]*:s3:::/, "");
}

/** `clicks` of the ARN of a stream; undefined for direct puts. */
export function sourceStream(stream: DeliveryStreamDescription | undefined): string | undefined {
  return stream?.Source?.KinesisStreamSourceDescription?.KinesisStreamARN?.replace(/^.*:stream\//, "");
}

/** The part of a prefix that is the same for all objects. */
export function fixedPrefix(prefix: string | undefined): string {
  return (prefix ?? "").replace(/!\{.*$/s, "");
}

/** Where objects of a delivery stream lie: the destination's own, or the place of what could not be delivered. */
export interface ObjectPlaces {
  readonly bucket: string;
  readonly prefix: string;
  readonly errorPrefix: string;
  /** Failed records lie among the delivered ones, below a folder of their kind. */
  readonly isMixed: boolean;
}

export function objectPlaces(destination: DestinationDescription | undefined): ObjectPlaces | undefined {
  const s3 =
    destination?.ExtendedS3DestinationDescription ??
    destination?.S3DestinationDescription ??
    destination?.RedshiftDestinationDescription?.S3DestinationDescription ??
    destination?.HttpEndpointDestinationDescription?.S3DestinationDescription ??
    destination?.SplunkDestinationDescription?.S3DestinationDescription ??
    destination?.AmazonopensearchserviceDestinationDescription?.S3DestinationDescription ??
    destination?.ElasticsearchDestinationDescription?.S3DestinationDescription;
  if (s3 === undefined) return undefined;
  const prefix = fixedPrefix(s3.Prefix);
  const errorPrefix = fixedPrefix(s3.ErrorOutputPrefix ?? s3.Prefix);
  return { bucket: bucketOf(s3.BucketARN), prefix, errorPrefix, isMixed: prefix.startsWith(errorPrefix) };
}
