import type {
  CreateDeliveryStreamInput,
  DestinationDescription,
  UpdateDestinationInput,
} from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";
import type { PipelinePlan } from "../../../kernels/delivery/index.ts";
import type { FirehoseParts } from "../dependencies.ts";
import { changeOf as endpointChangeOf } from "../endpoints/endpoint-settings.ts";
import { redshiftChange } from "../endpoints/redshift-settings.ts";
import { invalidArgument, notSupported } from "../errors.ts";
import { changeOf } from "../s3/extended-settings.ts";
import type { DestinationKind, DestinationRequest, ErrorLog, PlannedStream } from "./destination.ts";
import type { DestinationDocument } from "./destination-document.ts";
import { httpEndpoint } from "./http-endpoint.ts";
import { elasticsearch, opensearch } from "./opensearch.ts";
import { redshift } from "./redshift.ts";
import { s3 } from "./s3.ts";
import { splunk } from "./splunk.ts";

type CreateInput = Input<CreateDeliveryStreamInput>;
type UpdateInput = Input<UpdateDestinationInput>;

/** What a call says of its destination: one member, which tells the kind. */
interface Asked {
  changed(
    current: DestinationDocument | undefined,
    request: DestinationRequest,
  ): Promise<DestinationDocument>;
  readonly roles: readonly string[];
}

/** Kinds without a file of their own in this folder, by the beginning of AWS's members. */
const refused: Readonly<Record<string, string>> = {
  AmazonOpenSearchServerless: "Amazon OpenSearch Serverless",
  Iceberg: "Apache Iceberg",
  Snowflake: "Snowflake",
};

const supported = "Amazon S3, OpenSearch and Elasticsearch clusters, HTTP endpoints and Splunk";

/** @throws ServiceError InvalidArgumentException */
export async function createdDestination(
  input: CreateInput,
  request: DestinationRequest,
): Promise<DestinationDocument> {
  return askedBy(input).changed(undefined, request);
}

/** @throws ServiceError InvalidArgumentException */
export async function updatedDestination(
  current: DestinationDocument,
  input: UpdateInput,
  request: DestinationRequest,
): Promise<DestinationDocument> {
  return askedBy(input).changed(current, request);
}

/** The roles that a call names for its destination; none when the call is going to be refused. */
export function destinationRoles(input: CreateInput | UpdateInput): readonly string[] {
  return membersOf(input).length === 1 ? askedBy(input).roles : [];
}

export function describedDestination(
  document: DestinationDocument,
): Omit<DestinationDescription, "DestinationId"> {
  return bound(document).describe();
}

export function destinationPlan(
  document: DestinationDocument,
  stream: PlannedStream,
  parts: FirehoseParts,
): Promise<PipelinePlan> {
  return bound(document).plan(stream, parts);
}

export function errorLogOf(document: DestinationDocument, consumer: string): ErrorLog {
  return bound(document).errorLog(consumer);
}

export function metricPrefixOf(document: DestinationDocument, consumer: string): string {
  return bound(document).metricPrefix(consumer);
}

/** A destination with the functions of its kind. */
interface Bound {
  describe(): Omit<DestinationDescription, "DestinationId">;
  plan(stream: PlannedStream, parts: FirehoseParts): Promise<PipelinePlan>;
  errorLog(consumer: string): ErrorLog;
  metricPrefix(consumer: string): string;
}

function bound(document: DestinationDocument): Bound {
  switch (document.kind) {
    case "s3":
      return bind(s3, document);
    case "httpEndpoint":
      return bind(httpEndpoint, document);
    case "splunk":
      return bind(splunk, document);
    case "opensearch":
      return bind(opensearch, document);
    case "elasticsearch":
      return bind(elasticsearch, document);
    case "redshift":
      return bind(redshift, document);
  }
}

function bind<Change, Document extends DestinationDocument>(
  kind: DestinationKind<Change, Document>,
  document: Document,
): Bound {
  return {
    describe: () => kind.describe(document),
    plan: (stream, parts) => kind.plan(document, stream, parts),
    errorLog: (consumer) => kind.errorLog(document, consumer),
    metricPrefix: (consumer) => kind.metricPrefix(consumer),
  };
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
  if (label !== undefined) return refusing(label);
  return "DestinationId" in input ? askedByUpdate(input) : askedByCreation(input as CreateInput);
}

function askedByUpdate(input: UpdateInput): Asked {
  const { HttpEndpointDestinationUpdate: http, SplunkDestinationUpdate: hec } = input;
  if (http !== undefined) return asking(httpEndpoint, "httpEndpoint", http);
  if (hec !== undefined) return asking(splunk, "splunk", hec);
  const { AmazonopensearchserviceDestinationUpdate: aos, ElasticsearchDestinationUpdate: es } = input;
  if (aos !== undefined) return asking(opensearch, "opensearch", aos);
  if (es !== undefined) return asking(elasticsearch, "elasticsearch", es);
  const { RedshiftDestinationUpdate: warehouse } = input;
  if (warehouse !== undefined) return asking(redshift, "redshift", warehouse);
  return asking(s3, "s3", input.ExtendedS3DestinationUpdate ?? input.S3DestinationUpdate ?? {});
}

function askedByCreation(input: CreateInput): Asked {
  const { HttpEndpointDestinationConfiguration: http, SplunkDestinationConfiguration: hec } = input;
  if (http !== undefined) return asking(httpEndpoint, "httpEndpoint", endpointChangeOf(http));
  if (hec !== undefined) return asking(splunk, "splunk", endpointChangeOf(hec));
  const aos = input.AmazonopensearchserviceDestinationConfiguration;
  const es = input.ElasticsearchDestinationConfiguration;
  if (aos !== undefined) return asking(opensearch, "opensearch", endpointChangeOf(aos));
  if (es !== undefined) return asking(elasticsearch, "elasticsearch", endpointChangeOf(es));
  const { RedshiftDestinationConfiguration: warehouse } = input;
  if (warehouse !== undefined) return asking(redshift, "redshift", redshiftChange(warehouse));
  const { ExtendedS3DestinationConfiguration: extended, S3DestinationConfiguration: plain } = input;
  return asking(s3, "s3", extended === undefined ? (plain ?? {}) : changeOf(extended));
}

function asking<Change, Document extends DestinationDocument>(
  kind: DestinationKind<Change, Document>,
  name: Document["kind"],
  change: Change,
): Asked {
  const isOfKind = (document: DestinationDocument): document is Document => document.kind === name;
  return {
    roles: kind.roles(change),
    async changed(current, request) {
      if (current !== undefined && isSearch(current.kind) !== isSearch(name))
        throw invalidArgument(
          "Switching between Amazon OpenSearch Service and other services is not supported.",
        );
      // What a destination of another kind said has no meaning for this one.
      const same = current !== undefined && isOfKind(current) ? current : undefined;
      return kind.changed(same, change, request);
    },
  };
}

const isSearch = (kind: DestinationDocument["kind"]): boolean =>
  kind === "opensearch" || kind === "elasticsearch";

function refusing(label: string): Asked {
  return {
    roles: [],
    async changed() {
      throw notSupported(`${label} destinations are not supported: Millrace delivers to ${supported}.`);
    },
  };
}
