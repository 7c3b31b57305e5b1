import type { Consumer } from "@aws-sdk/client-kinesis";
import { consumerArn, type StreamAddress } from "./arn.ts";
import type { ConsumerDocument } from "./document.ts";

/** A consumer as the API shows it. */
export function describeConsumer(
  stream: Omit<StreamAddress, "consumer">,
  consumer: ConsumerDocument,
): Consumer {
  return {
    ConsumerName: consumer.name,
    ConsumerARN: consumerArn(stream, consumer),
    ConsumerStatus: consumer.status,
    ConsumerCreationTimestamp: new Date(consumer.createdSeconds * 1000),
  };
}
