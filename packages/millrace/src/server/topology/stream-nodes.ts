import { TrafficRing } from "../../core/traffic/traffic-ring.ts";
import type { KinesisState, Stream } from "../../services/kinesis/index.ts";
import { type ConsumerAnswer, rateAnswer } from "./consumer-answer.ts";
import type { GraphBuilder, NodeKind } from "./graph.ts";
import type { Owner } from "./inner-calls.ts";
import type { StreamUses } from "./stream-use.ts";

/** How long a program is shown that does not call any more. */
export const clientLifeMs = 300_000;

const nothing = new TrafficRing();

/** Streams of an account in a region, with who puts and who reads. */
export async function addStreams(
  graph: GraphBuilder,
  state: KinesisState,
  uses: StreamUses,
  { account, region }: Owner,
): Promise<void> {
  const nowMs = state.clock.now();
  for (const stream of state.streams.list(account, region)) {
    addStream(graph, stream, nowMs);
    for (const { id, name, principal, library, arn, lastAt = 0, history, ...rates } of uses.producers(
      stream,
    )) {
      if (nowMs - lastAt > clientLifeMs) continue;
      const { recordsPerSecond, bytesPerSecond, errorsLastMinute } = rates;
      const figures = { recordsPerSecond, bytesPerSecond };
      if (arn === undefined)
        graph.node({ id, kind: "producer", name, detail: library, principal, figures, history });
      graph.edge({
        ...{ from: id, to: stream.arn, kind: "puts", unit: "records", ...figures },
        ...(errorsLastMinute === 0 ? {} : { errorsPerMinute: errorsLastMinute }),
      });
    }
    for (const consumer of await uses.consumers(stream)) addConsumer(graph, stream, consumer, nowMs);
  }
}

function addStream(graph: GraphBuilder, { arn, document, traffic, openShards }: Stream, nowMs: number): void {
  const written = (traffic?.in ?? nothing).figures(nowMs);
  const { recordsPerSecond, bytesPerSecond } = rateAnswer(written);
  const out = rateAnswer((traffic?.out ?? nothing).figures(nowMs));
  let records = 0;
  for (const { log } of openShards) records += log.durableOffset - log.firstOffset;
  graph.node({
    ...{ id: arn, kind: "stream", name: document.name, arn, status: document.status },
    detail: document.mode === "ON_DEMAND" ? "On-demand" : "Provisioned",
    figures: {
      ...{ shards: openShards.length, recordsPerSecond, bytesPerSecond, records },
      outRecordsPerSecond: out.recordsPerSecond,
      outBytesPerSecond: out.bytesPerSecond,
      errorsPerMinute: written.lastMinute.errors,
    },
    history: traffic?.in.history(nowMs),
  });
}

const kinds: Readonly<Record<ConsumerAnswer["kind"], readonly [kind: NodeKind, detail: string]>> = {
  polling: ["consumer", "Polling"],
  "fan-out": ["consumer", "Enhanced fan-out"],
  kcl: ["consumer", "KCL application"],
  delivery: ["delivery", "Delivery stream"],
  channel: ["delivery", "Channel"],
  application: ["application", "Application"],
};

function addConsumer(graph: GraphBuilder, { arn }: Stream, consumer: ConsumerAnswer, nowMs: number): void {
  const { id, name, library, principal, lastAt = 0, history, status } = consumer;
  const { recordsPerSecond, bytesPerSecond, lagMs, behindRecords, errorsLastMinute } = consumer;
  if (consumer.kind === "polling" && nowMs - lastAt > clientLifeMs) return;
  const [kind, what] = kinds[consumer.kind];
  if (kind === "consumer" || consumer.kind === "channel")
    graph.node({
      ...{ id, kind, name, arn: consumer.arn, principal, status, history },
      detail: consumer.kind === "polling" ? library : what,
      figures: { recordsPerSecond, bytesPerSecond, lagMs, behindRecords },
    });
  graph.edge({
    ...{ from: arn, to: id, kind: "reads", unit: "records", recordsPerSecond, bytesPerSecond },
    ...{ lagMs, behindRecords },
    ...(errorsLastMinute === 0 ? {} : { errorsPerMinute: errorsLastMinute }),
  });
}
