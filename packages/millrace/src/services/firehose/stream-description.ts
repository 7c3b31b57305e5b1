import type {
  DeliveryStreamDescription,
  DeliveryStreamEncryptionConfiguration,
} from "@aws-sdk/client-firehose";
import type { DeliveryStream } from "./delivery-stream.ts";
import { describedDestination } from "./destinations/kinds.ts";
import type { EncryptionDocument, FailureDocument } from "./document.ts";
import { describedSource } from "./source.ts";

/** A stream has one destination, and that has always been called so. */
export const destinationId = "destinationId-000000000001";

export function describeStream(stream: DeliveryStream): DeliveryStreamDescription {
  const { document, arn } = stream;
  const { updatedMs, failure, source } = document;
  const described = describedSource(source);
  return {
    DeliveryStreamName: document.name,
    DeliveryStreamARN: arn,
    DeliveryStreamStatus: document.status,
    DeliveryStreamType: source.kind === "kinesis" ? "KinesisStreamAsSource" : "DirectPut",
    VersionId: String(document.version),
    CreateTimestamp: new Date(document.createdMs),
    ...(updatedMs === undefined ? {} : { LastUpdateTimestamp: new Date(updatedMs) }),
    ...(failure === undefined ? {} : { FailureDescription: describeFailure(failure) }),
    // A stream that reads from a data stream has nothing of its own to encrypt.
    ...(source.kind === "kinesis"
      ? {}
      : { DeliveryStreamEncryptionConfiguration: describeEncryption(document.encryption) }),
    ...(described === undefined ? {} : { Source: described }),
    Destinations: [{ DestinationId: destinationId, ...describedDestination(document.destination) }],
    HasMoreDestinations: false,
  };
}

function describeEncryption(encryption: EncryptionDocument): DeliveryStreamEncryptionConfiguration {
  const { status, failure, coming, inForce } = encryption;
  const { keyType, keyArn } = coming ?? inForce ?? {};
  return {
    ...(keyArn === undefined ? {} : { KeyARN: keyArn }),
    ...(keyType === undefined ? {} : { KeyType: keyType }),
    Status: status,
    ...(failure === undefined ? {} : { FailureDescription: describeFailure(failure) }),
  };
}

function describeFailure({ type, details }: FailureDocument): {
  Type: FailureDocument["type"];
  Details: string;
} {
  return { Type: type, Details: details };
}
