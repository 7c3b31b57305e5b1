import type {
  HttpEndpointDestinationDescription,
  HttpEndpointDestinationUpdate,
  HttpEndpointRequestConfiguration,
  SecretsManagerConfiguration,
} from "@aws-sdk/client-firehose";
import type { Input } from "../../../gateway/service.ts";
import { endpointErrorLine } from "../endpoints/endpoint-error-line.ts";
import { endpointPlan } from "../endpoints/endpoint-plan.ts";
import {
  checkEndpoint,
  checkSecretsManager,
  definedOnly,
  type EndpointSettings,
  endpointRoles,
  mergedEndpoint,
} from "../endpoints/endpoint-settings.ts";
import { plainUrl } from "../endpoints/endpoint-url.ts";
import { HttpEndpointSink } from "../endpoints/http-endpoint-sink.ts";
import { openedSecret, sealedSecret } from "../endpoints/sealed-secret.ts";
import { invalidArgument } from "../errors.ts";
import { checkRole } from "../s3/settings-check.ts";
import type { DestinationKind, DestinationRequest } from "./destination.ts";

export type HttpEndpointChange = Partial<Input<HttpEndpointDestinationUpdate>>;

/** An HTTP endpoint as it is kept and, but for its access key, described. */
export interface HttpEndpointSettings extends EndpointSettings {
  readonly EndpointConfiguration: { readonly Url: string; readonly Name?: string | undefined };
  readonly RequestConfiguration?: Input<HttpEndpointRequestConfiguration> | undefined;
  readonly RoleARN?: string | undefined;
  readonly SecretsManagerConfiguration?: Input<SecretsManagerConfiguration> | undefined;
}

export interface HttpEndpointDocument {
  readonly kind: "httpEndpoint";
  readonly settings: HttpEndpointSettings;
  readonly sealedAccessKey?: string;
}

const defaults = {
  hints: { SizeInMBs: 5, IntervalInSeconds: 300 },
  retrySeconds: 300,
  failedOnly: "FailedDataOnly",
} as const;
const failedType = "http-endpoint-failed";

export const httpEndpoint: DestinationKind<HttpEndpointChange, HttpEndpointDocument> = {
  async changed(current, change, request) {
    const settings = merged(current?.settings, change);
    await check(settings, request);
    const sealedAccessKey = changedKey(current, change, request);
    return { kind: "httpEndpoint", settings, ...(sealedAccessKey === undefined ? {} : { sealedAccessKey }) };
  },

  describe: ({ settings }) => ({
    // The SDK's type has lists that may be changed; what is answered is only written.
    HttpEndpointDestinationDescription: settings as unknown as HttpEndpointDestinationDescription,
  }),

  roles: (change) => [change.RoleARN, ...endpointRoles(change)].filter((role) => role !== undefined),

  errorLog({ settings }, consumer) {
    const place = settings.S3DestinationDescription;
    if (consumer === "backup")
      return { options: place.CloudWatchLoggingOptions, destination: place.BucketARN };
    return { options: settings.CloudWatchLoggingOptions, destination: settings.EndpointConfiguration.Url };
  },

  metricPrefix: (consumer) => (consumer === "backup" ? "BackupToS3" : "DeliveryToHttpEndpoint"),

  async plan({ settings, sealedAccessKey }, stream, parts) {
    const { EndpointConfiguration: endpoint, RequestConfiguration: request } = settings;
    const place = { master: parts.master, streamArn: stream.arn, member: "AccessKey" };
    const target = {
      url: new URL(endpoint.Url),
      accessKey: sealedAccessKey === undefined ? undefined : openedSecret(sealedAccessKey, place),
      contentEncoding: request?.ContentEncoding ?? "NONE",
      commonAttributes: Object.fromEntries(
        (request?.CommonAttributes ?? []).map(({ AttributeName, AttributeValue }) => [
          AttributeName,
          AttributeValue,
        ]),
      ),
      deliveryStreamArn: stream.arn,
    };
    const sink = new HttpEndpointSink(target, parts.clock);
    const format = endpointErrorLine(failedType, "dataId");
    return endpointPlan(settings, { sink, failedType, format, everything: "AllData" }, stream, parts);
  },
};

function merged(current: HttpEndpointSettings | undefined, change: HttpEndpointChange): HttpEndpointSettings {
  const { Url: url, Name: name } = change.EndpointConfiguration ?? {};
  const was = current?.EndpointConfiguration;
  const address = url ?? was?.Url;
  if (address === undefined)
    throw invalidArgument("EndpointConfiguration is required when the destination becomes an HTTP endpoint.");
  const roleArn = change.RoleARN ?? current?.RoleARN;
  return definedOnly({
    EndpointConfiguration: definedOnly({ Url: address, Name: name ?? was?.Name }),
    ...mergedEndpoint(current, change, defaults, roleArn),
    RequestConfiguration: change.RequestConfiguration ?? current?.RequestConfiguration,
    RoleARN: roleArn,
    SecretsManagerConfiguration: change.SecretsManagerConfiguration ?? current?.SecretsManagerConfiguration,
  });
}

async function check(settings: HttpEndpointSettings, request: DestinationRequest): Promise<void> {
  plainUrl(settings.EndpointConfiguration.Url, "EndpointConfiguration.Url");
  checkSecretsManager(settings.SecretsManagerConfiguration);
  const names = (settings.RequestConfiguration?.CommonAttributes ?? []).map((one) => one.AttributeName);
  if (new Set(names).size < names.length)
    throw invalidArgument("The names of common attributes must be unique.");
  await checkEndpoint(settings, request);
  if (settings.RoleARN !== undefined) checkRole(settings.RoleARN, request);
}

/** A key is for one address: it does not go along to another one. */
function changedKey(
  current: HttpEndpointDocument | undefined,
  { EndpointConfiguration: endpoint }: HttpEndpointChange,
  { parts, stream }: DestinationRequest,
): string | undefined {
  const wasUrl = current?.settings.EndpointConfiguration.Url;
  if (endpoint?.AccessKey === undefined)
    return endpoint === undefined || endpoint.Url === wasUrl ? current?.sealedAccessKey : undefined;
  if (endpoint.AccessKey === "") return undefined;
  const place = { master: parts.master, streamArn: stream.arn, member: "AccessKey" };
  return sealedSecret(endpoint.AccessKey, current?.sealedAccessKey, place);
}
