import type {
  AmazonopensearchserviceDestinationUpdate,
  DestinationDescription,
  DocumentIdOptions,
  VpcConfiguration,
} from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";
import { endpointPlan } from "../endpoints/endpoint-plan.ts";
import {
  checkEndpoint,
  definedOnly,
  type EndpointSettings,
  endpointRoles,
  mergedEndpoint,
} from "../endpoints/endpoint-settings.ts";
import { endpointUrl } from "../endpoints/endpoint-url.ts";
import { openedSecret, sealedSecret } from "../endpoints/sealed-secret.ts";
import { SearchDocuments, type SearchIndex } from "../endpoints/search-document.ts";
import { searchErrorLine } from "../endpoints/search-error-line.ts";
import type { RotationPeriod } from "../endpoints/search-index.ts";
import { SearchSink } from "../endpoints/search-sink.ts";
import { invalidArgument, notSupported } from "../errors.ts";
import { checkRole } from "../s3/settings-check.ts";
import type { DestinationKind, DestinationRequest } from "./destination.ts";

/** Elasticsearch's members are the same; what only creation knows is never part of an update. */
export type SearchChange = Partial<Input<AmazonopensearchserviceDestinationUpdate>> & {
  readonly S3BackupMode?: string | undefined;
  readonly VpcConfiguration?: Input<VpcConfiguration> | undefined;
};

/** A search cluster as it is kept and described. */
export interface SearchSettings extends EndpointSettings {
  readonly RoleARN: string;
  /** Without a user name and a password. */
  readonly ClusterEndpoint: string;
  readonly IndexName: string;
  readonly TypeName?: string | undefined;
  readonly IndexRotationPeriod: RotationPeriod;
  readonly DocumentIdOptions: Input<DocumentIdOptions>;
}

export interface SearchDocument<Name extends SearchName = SearchName> {
  readonly kind: Name;
  readonly settings: SearchSettings;
  /** The user name and the password that were part of the endpoint. */
  readonly sealedCredentials?: string;
}

export type SearchName = "opensearch" | "elasticsearch";

interface SearchFacts {
  readonly label: string;
  readonly codePrefix: string;
  readonly failedType: string;
  readonly metricPrefix: string;
  describe(settings: SearchSettings): Omit<DestinationDescription, "DestinationId">;
}

const defaults = {
  hints: { SizeInMBs: 5, IntervalInSeconds: 300 },
  retrySeconds: 300,
  failedOnly: "FailedDocumentsOnly",
} as const;

/** What OpenSearch and Elasticsearch, whose bulk API is one and the same, have in common. */
export function searchKind<Name extends SearchName>(
  name: Name,
  facts: SearchFacts,
): DestinationKind<SearchChange, SearchDocument<Name>> {
  return {
    async changed(current, change, request) {
      const settings = merged(current?.settings, change, facts.label);
      checkNotSupported(change);
      await checkEndpoint(settings, request);
      checkRole(settings.RoleARN, request);
      const sealedCredentials = changedCredentials(current, change, request);
      return { kind: name, settings, ...(sealedCredentials === undefined ? {} : { sealedCredentials }) };
    },

    describe: ({ settings }) => facts.describe(settings),

    roles: (change) => [change.RoleARN, ...endpointRoles(change)].filter((role) => role !== undefined),

    errorLog({ settings }, consumer) {
      const place = settings.S3DestinationDescription;
      if (consumer === "backup")
        return { options: place.CloudWatchLoggingOptions, destination: place.BucketARN };
      return { options: settings.CloudWatchLoggingOptions, destination: settings.ClusterEndpoint };
    },

    metricPrefix: (consumer) => (consumer === "backup" ? "BackupToS3" : facts.metricPrefix),

    async plan({ settings, sealedCredentials }, stream, parts) {
      const place = { master: parts.master, streamArn: stream.arn, member: "ClusterEndpoint" };
      const { codePrefix, failedType } = facts;
      const target = {
        endpoint: new URL(settings.ClusterEndpoint),
        credentials: sealedCredentials === undefined ? undefined : openedSecret(sealedCredentials, place),
        codePrefix,
        failedType,
      };
      const documents = new SearchDocuments(indexOf(settings));
      const sink = new SearchSink(target, documents, parts.clock);
      const format = searchErrorLine(failedType, documents);
      return endpointPlan(settings, { sink, failedType, format, everything: "AllDocuments" }, stream, parts);
    },
  };
}

function merged(current: SearchSettings | undefined, change: SearchChange, label: string): SearchSettings {
  const { RoleARN = current?.RoleARN, IndexName = current?.IndexName } = change;
  if (RoleARN === undefined || IndexName === undefined)
    throw invalidArgument(
      `${RoleARN === undefined ? "RoleARN" : "IndexName"} is required when the destination becomes ${label}.`,
    );
  const typeName = change.TypeName ?? current?.TypeName;
  return definedOnly({
    RoleARN,
    ClusterEndpoint: changedEndpoint(current, change),
    IndexName,
    // "" takes the type away, as clusters from version 7 on want it.
    TypeName: typeName === "" ? undefined : typeName,
    IndexRotationPeriod: change.IndexRotationPeriod ?? current?.IndexRotationPeriod ?? "OneDay",
    DocumentIdOptions: change.DocumentIdOptions ??
      current?.DocumentIdOptions ?? { DefaultDocumentIdFormat: "FIREHOSE_DEFAULT" },
    ...mergedEndpoint(current, change, defaults, RoleARN),
  });
}

function changedEndpoint(current: SearchSettings | undefined, change: SearchChange): string {
  if (change.DomainARN !== undefined)
    throw notSupported(
      "DomainARN is not supported: Millrace has no OpenSearch Service. Give the address of the cluster in ClusterEndpoint.",
    );
  if (change.ClusterEndpoint === undefined) {
    if (current === undefined) throw invalidArgument("ClusterEndpoint must be specified.");
    return current.ClusterEndpoint;
  }
  const url = endpointUrl(change.ClusterEndpoint, "ClusterEndpoint");
  if (url.username === "" && url.password === "") return change.ClusterEndpoint;
  url.username = "";
  url.password = "";
  return url.href;
}

/** Credentials belong to the address that they came with. */
function changedCredentials(
  current: SearchDocument | undefined,
  { ClusterEndpoint: endpoint }: SearchChange,
  { parts, stream }: DestinationRequest,
): string | undefined {
  if (endpoint === undefined) return current?.sealedCredentials;
  const { username, password } = endpointUrl(endpoint, "ClusterEndpoint");
  if (username === "" && password === "") return undefined;
  const place = { master: parts.master, streamArn: stream.arn, member: "ClusterEndpoint" };
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return sealedSecret(credentials, current?.sealedCredentials, place);
}

function checkNotSupported({ VpcConfiguration: vpc }: SearchChange): void {
  if (vpc === undefined) return;
  throw notSupported(
    "VpcConfiguration is not supported: Millrace has no VPCs and reaches clusters over the network of its machine.",
  );
}

function indexOf(settings: SearchSettings): SearchIndex {
  return {
    name: settings.IndexName,
    rotation: settings.IndexRotationPeriod,
    typeName: settings.TypeName,
    hasIds: settings.DocumentIdOptions.DefaultDocumentIdFormat === "FIREHOSE_DEFAULT",
  };
}
