import { canonicalUserId } from "../../../core/canonical-user.ts";
import type { Bucket } from "../../../kernels/objects/index.ts";
import { bucketArn } from "../arn.ts";

/** What happened to an object, as the object store tells it. */
export interface EventOfObject {
  /** `ObjectCreated:Put` */
  readonly name: string;
  readonly key: string;
  readonly versionId: string | undefined;
  readonly size: number;
  readonly etag: string;
  readonly sequencer: string;
  readonly timeMs: number;
}

/** Who caused it, where that is known; otherwise it was S3 itself. */
export interface EventCause {
  readonly ruleId: string;
  readonly requestId?: string;
  readonly principalId?: string;
  readonly remoteAddress?: string;
}

/** One element of `Records` in the message that AWS sends about an event, version 2.1. */
export function eventRecord(
  bucket: Bucket,
  event: EventOfObject,
  cause: EventCause,
): Readonly<Record<string, unknown>> {
  const removed = event.name.startsWith("ObjectRemoved:") || event.name.startsWith("LifecycleExpiration:");
  const { requestId } = cause;
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: bucket.region,
    eventTime: new Date(event.timeMs).toISOString(),
    eventName: event.name,
    userIdentity: { principalId: cause.principalId ?? "s3.amazonaws.com" },
    requestParameters: { sourceIPAddress: cause.remoteAddress ?? "s3.amazonaws.com" },
    responseElements:
      requestId === undefined
        ? {}
        : { "x-amz-request-id": requestId, "x-amz-id-2": Buffer.from(requestId).toString("base64") },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: cause.ruleId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: canonicalUserId(bucket.account) },
        arn: bucketArn(bucket.name, bucket.region),
      },
      object: {
        key: formEncoded(event.key),
        ...(removed ? {} : { size: event.size, eTag: event.etag }),
        ...(event.versionId === undefined ? {} : { versionId: event.versionId }),
        sequencer: event.sequencer,
      },
    },
  };
}

/** Keys in messages are encoded like a form, but for slashes. */
function formEncoded(key: string): string {
  return new URLSearchParams({ key }).toString().slice("key=".length).replaceAll("%2F", "/");
}
