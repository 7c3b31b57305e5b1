import type {
  HECEndpointType,
  SecretsManagerConfiguration,
  SplunkDestinationDescription,
  SplunkDestinationUpdate,
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
import { openedSecret, sealedSecret } from "../endpoints/sealed-secret.ts";
import { SplunkSink } from "../endpoints/splunk-sink.ts";
import { invalidArgument } from "../errors.ts";
import type { DestinationKind, DestinationRequest } from "./destination.ts";

export type SplunkChange = Partial<Input<SplunkDestinationUpdate>>;

/** Splunk as it is kept and, but for its token, described. */
export interface SplunkSettings extends EndpointSettings {
  readonly HECEndpoint: string;
  readonly HECEndpointType: HECEndpointType;
  readonly HECAcknowledgmentTimeoutInSeconds: number;
  readonly SecretsManagerConfiguration?: Input<SecretsManagerConfiguration> | undefined;
}

export interface SplunkDocument {
  readonly kind: "splunk";
  readonly settings: SplunkSettings;
  readonly sealedToken: string;
}

const defaults = {
  hints: { SizeInMBs: 5, IntervalInSeconds: 60 },
  retrySeconds: 300,
  failedOnly: "FailedEventsOnly",
} as const;
const acknowledgementSeconds = 180;
const failedType = "splunk-failed";

export const splunk: DestinationKind<SplunkChange, SplunkDocument> = {
  async changed(current, change, request) {
    const settings = merged(current?.settings, change);
    plainUrl(settings.HECEndpoint, "HECEndpoint");
    checkSecretsManager(settings.SecretsManagerConfiguration);
    const sealedToken = changedToken(current, change, request);
    await checkEndpoint(settings, request);
    return { kind: "splunk", settings, sealedToken };
  },

  describe: ({ settings }) => ({
    // The SDK's type has lists that may be changed; what is answered is only written.
    SplunkDestinationDescription: settings as unknown as SplunkDestinationDescription,
  }),

  roles: (change) => endpointRoles(change).filter((role) => role !== undefined),

  errorLog({ settings }, consumer) {
    const place = settings.S3DestinationDescription;
    if (consumer === "backup")
      return { options: place.CloudWatchLoggingOptions, destination: place.BucketARN };
    return { options: settings.CloudWatchLoggingOptions, destination: settings.HECEndpoint };
  },

  metricPrefix: (consumer) => (consumer === "backup" ? "BackupToS3" : "DeliveryToSplunk"),

  async plan({ settings, sealedToken }, stream, parts) {
    const place = { master: parts.master, streamArn: stream.arn, member: "HECToken" };
    const target = {
      endpoint: new URL(settings.HECEndpoint),
      type: settings.HECEndpointType,
      token: openedSecret(sealedToken, place),
      acknowledgementTimeoutMs: settings.HECAcknowledgmentTimeoutInSeconds * 1_000,
    };
    const sink = new SplunkSink(target, parts.clock, stream.onAcknowledged);
    const format = endpointErrorLine(failedType, "EventId");
    return endpointPlan(settings, { sink, failedType, format, everything: "AllEvents" }, stream, parts);
  },
};

function merged(current: SplunkSettings | undefined, change: SplunkChange): SplunkSettings {
  const endpoint = change.HECEndpoint ?? current?.HECEndpoint;
  const type = change.HECEndpointType ?? current?.HECEndpointType;
  if (endpoint === undefined || type === undefined)
    throw invalidArgument(
      `${endpoint === undefined ? "HECEndpoint" : "HECEndpointType"} is required when the destination becomes Splunk.`,
    );
  return definedOnly({
    HECEndpoint: endpoint,
    HECEndpointType: type,
    HECAcknowledgmentTimeoutInSeconds:
      change.HECAcknowledgmentTimeoutInSeconds ??
      current?.HECAcknowledgmentTimeoutInSeconds ??
      acknowledgementSeconds,
    ...mergedEndpoint(current, change, defaults),
    SecretsManagerConfiguration: change.SecretsManagerConfiguration ?? current?.SecretsManagerConfiguration,
  });
}

function changedToken(
  current: SplunkDocument | undefined,
  { HECToken: token }: SplunkChange,
  { parts, stream }: DestinationRequest,
): string {
  if (token) {
    const place = { master: parts.master, streamArn: stream.arn, member: "HECToken" };
    return sealedSecret(token, current?.sealedToken, place);
  }
  if (current === undefined || token !== undefined)
    throw invalidArgument("HECToken is required for a Splunk destination.");
  return current.sealedToken;
}
