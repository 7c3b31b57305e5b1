import type {
  CreateDeliveryStreamInput,
  DestinationDescription,
  UpdateDestinationInput,
} from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";
import type { PipelinePlan } from "../../../kernels/delivery/index.ts";
import type { FirehoseParts } from "../dependencies.ts";
import { invalidArgument, notSupported } from "../errors.ts";
import { changeOf } from "../s3/extended-settings.ts";
import type { DestinationDocument, DestinationRequest, ErrorLog, PlannedStream } from "./destination.ts";
import { s3 } from "./s3.ts";

type CreateInput = Input<CreateDeliveryStreamInput>;
type UpdateInput = Input<UpdateDestinationInput>;

/** What a call says of its destination: one member, which tells the kind. */
type Asked =
  | { readonly kind: "s3"; readonly change: Parameters<typeof s3.changed>[1] }
  | { readonly kind: "refused"; readonly label: string };

/** Kinds without a file of their own in this folder, by the beginning of AWS's members. */
const refused: Readonly<Record<string, string>> = {
  AmazonOpenSearchServerless: "Amazon OpenSearch Serverless",
  Amazonopensearchservice: "Amazon OpenSearch Service",
  Elasticsearch: "Elasticsearch",
  HttpEndpoint: "HTTP endpoint",
  Iceberg: "Apache Iceberg",
  Redshift: "Amazon Redshift",
  Snowflake: "Snowflake",
  Splunk: "Splunk",
};

/** @throws ServiceError InvalidArgumentException */
export async function createdDestination(
  input: CreateInput,
  request: DestinationRequest,
): Promise<DestinationDocument> {
  return changed(undefined, askedBy(input), request);
}

/** @throws ServiceError InvalidArgumentException */
export async function updatedDestination(
  current: DestinationDocument,
  input: UpdateInput,
  request: DestinationRequest,
): Promise<DestinationDocument> {
  return changed(current, askedBy(input), request);
}

function changed(
  current: DestinationDocument | undefined,
  asked: Asked,
  request: DestinationRequest,
): Promise<DestinationDocument> {
  if (asked.kind === "refused")
    throw notSupported(`${asked.label} destinations are not supported: Millrace delivers to Amazon S3.`);
  return s3.changed(current, asked.change, request);
}

/** The roles that a call names for its destination; none when the call is going to be refused. */
export function destinationRoles(input: CreateInput | UpdateInput): readonly string[] {
  const members = membersOf(input);
  if (members.length !== 1) return [];
  const asked = askedBy(input);
  return asked.kind === "refused" ? [] : s3.roles(asked.change);
}

export function describedDestination(
  document: DestinationDocument,
): Omit<DestinationDescription, "DestinationId"> {
  return s3.describe(document);
}

export function destinationPlan(
  document: DestinationDocument,
  stream: PlannedStream,
  parts: FirehoseParts,
): Promise<PipelinePlan> {
  return s3.plan(document, stream, parts);
}

export function errorLogOf(document: DestinationDocument, consumer: string): ErrorLog {
  return s3.errorLog(document, consumer);
}

export function metricPrefixOf(_document: DestinationDocument, consumer: string): string {
  return s3.metricPrefix(consumer);
}

/** Members like `ExtendedS3DestinationConfiguration` or `RedshiftDestinationUpdate` that are given. */
function membersOf(input: object): readonly string[] {
  return Object.entries(input)
    .filter(([name, value]) => value !== undefined && /Destination(?:Configuration|Update)$/.test(name))
    .map(([name]) => name);
}

function askedBy(input: CreateInput | UpdateInput): Asked {
  const [member, second] = membersOf(input);
  if (member === undefined || second !== undefined)
    throw invalidArgument("Exactly one destination configuration is supported for a Firehose");
  const label = refused[member.replace(/Destination(?:Configuration|Update)$/, "")];
  if (label !== undefined) return { kind: "refused", label };
  if ("DestinationId" in input)
    return { kind: "s3", change: input.ExtendedS3DestinationUpdate ?? input.S3DestinationUpdate ?? {} };
  const { ExtendedS3DestinationConfiguration: extended, S3DestinationConfiguration: plain } =
    input as CreateInput;
  return { kind: "s3", change: extended === undefined ? (plain ?? {}) : changeOf(extended) };
}
