import { TrafficRing } from "../../core/traffic/traffic-ring.ts";
import type { ConsumerStats } from "../../kernels/delivery/index.ts";
import type { DeliveryStream, PastDelivery, PastFailure } from "../../services/firehose/index.ts";
import { clientId } from "./client-id.ts";
import { rateAnswer } from "./consumer-answer.ts";

const nothing = new TrafficRing();

/** What `GET deliveries/:name/use` answers. */
export function deliveryUse(stream: DeliveryStream, nowMs: number): object {
  const { arn, document, pipeline, traffic } = stream;
  const consumers = pipeline?.stats() ?? [];
  const main = consumers.find(({ name }) => name === "destination") ?? consumers[0];
  const { source } = document;
  return {
    at: nowMs,
    delivery: {
      ...{ name: document.name, arn, status: document.status },
      source: source.kind === "kinesis" ? source.streamArn : "DirectPut",
      destination: document.destination.kind,
    },
    buffers: main === undefined ? undefined : gauges(main, nowMs),
    backlog: main === undefined ? undefined : backlog(main, nowMs),
    consumers: consumers.map((consumer) => ({
      name: consumer.name,
      buffers: gauges(consumer, nowMs),
      backlog: backlog(consumer, nowMs),
    })),
    in: rateAnswer(traffic.in.figures(nowMs)),
    out: { ...rateAnswer(traffic.out.figures(nowMs)), errors: traffic.out.figures(nowMs).lastMinute.errors },
    behindMs: source.kind === "kinesis" ? traffic.behindMs : undefined,
    producers: [...traffic.producers()].map(({ principal = "", client, arn: by, ring = nothing }) => ({
      ...(client === undefined
        ? { id: by, arn: by }
        : {
            ...{ id: clientId("producer", principal, client), principal },
            ...{ name: client.name, library: client.library },
          }),
      ...rateAnswer(ring.figures(nowMs)),
      lastAt: ring.lastMs,
    })),
    deliveries: traffic.deliveries.map(deliveryAnswer),
    failures: traffic.failures.map(failureAnswer),
  };
}

/** The two gauges: whichever is full first delivers the buffer. */
function gauges({ buffered, hints }: ConsumerStats, nowMs: number): object {
  const { partitions, bytes, fullestBytes, oldestOpenedMs, closedBuffers, closedBytes } = buffered;
  return {
    // Of the fullest partition, which is the one that its size delivers.
    bytes: fullestBytes,
    maxBytes: hints.maxBytes,
    ageSeconds: oldestOpenedMs === undefined ? 0 : Math.max(nowMs - oldestOpenedMs, 0) / 1_000,
    maxSeconds: hints.maxAgeMs / 1_000,
    partitions,
    totalBytes: bytes,
    delivering: { buffers: closedBuffers, bytes: closedBytes },
  };
}

function backlog(
  { backlogRecords, backlogBytes, oldestArrivalTimeMs }: ConsumerStats,
  nowMs: number,
): object {
  const oldestSeconds = oldestArrivalTimeMs === undefined ? 0 : (nowMs - oldestArrivalTimeMs) / 1_000;
  return { records: backlogRecords, bytes: backlogBytes, oldestSeconds: Math.max(oldestSeconds, 0) };
}

export function deliveryAnswer(delivery: PastDelivery): object {
  const { atMs, consumer, place, records, bytes, encodedBytes, durationMs } = delivery;
  const { errorOutputType, partitionKeys } = delivery;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(place) ?? [];
  return {
    ...{ at: atMs, consumer, target: place },
    ...(bucket === undefined ? {} : { bucket, key }),
    ...{ records, bytes, encodedBytes, ms: durationMs, errorOutputType, partitionKeys },
  };
}

function failureAnswer({ firstMs, lastMs, ...failure }: PastFailure): object {
  return { at: lastMs, firstAt: firstMs, ...failure };
}
