import { parseArn } from "../../core/arn.ts";
import { TrafficRing } from "../../core/traffic/traffic-ring.ts";
import type { FirehoseState } from "../../services/firehose/index.ts";
import type { ConsumerUse, KinesisState, Stream, StreamFigures } from "../../services/kinesis/index.ts";
import { clientId } from "./client-id.ts";
import { type ConsumerAnswer, rateAnswer, rounded, totalsOf } from "./consumer-answer.ts";
import { kclConsumers } from "./kcl-consumers.ts";
import type { KclLeases } from "./kcl-leases.ts";

export interface StreamConsumersParts {
  readonly state: KinesisState;
  readonly figures: StreamFigures;
  readonly leases: KclLeases;
  readonly firehose: () => FirehoseState | undefined;
}

const nothing = new TrafficRing();

/** All consumers of a stream that are known: by what they read, by registration, by leases, by configuration. */
export async function streamConsumers(
  parts: StreamConsumersParts,
  stream: Stream,
): Promise<readonly ConsumerAnswer[]> {
  const { figures, leases, state } = parts;
  const seen = (await figures.consumers(stream)).map((use) => consumerAnswer(parts, use));
  const known = [...seen, ...idleConsumers(parts, stream, new Set(seen.map(({ id }) => id)))];
  const applications = await leases.applications(stream.document);
  return kclConsumers({ stream, figures, nowMs: state.clock.now() }, applications, known);
}

function consumerAnswer(parts: StreamConsumersParts, use: ConsumerUse): ConsumerAnswer {
  const { about, lastMs, traffic, history, shards } = use;
  const answered = shards.map(({ shard, lastMs: lastAt, recordsPerSecond, ...lag }) => ({
    ...{ shardId: shard, ...lag, lastAt },
    recordsPerSecond: rounded(recordsPerSecond),
  }));
  const figures = {
    ...{ ...rateAnswer(traffic), ...totalsOf(answered) },
    ...{ lastAt: lastMs, errorsLastMinute: traffic.lastMinute.errors, history, shards: answered },
  };
  if (about.kind === "service") return { ...serviceConsumer(parts, about.arn), ...figures };
  const { principal, client } = about;
  const who = { principal, library: client.library, ...figures };
  if (about.kind === "polling")
    return { id: clientId("consumer", principal, client), kind: "polling", name: client.name, ...who };
  return { id: about.arn, kind: "fan-out", name: about.name, arn: about.arn, status: "ACTIVE", ...who };
}

type Identity = Pick<ConsumerAnswer, "id" | "kind" | "name" | "arn">;

/** Delivery streams, applications and channels are told apart by their ARNs. */
function serviceConsumer({ state }: StreamConsumersParts, arn: string): Identity {
  const { service, resource = arn, account = "", region = "" } = parseArn(arn) ?? {};
  const name = resource.slice(resource.indexOf("/") + 1);
  if (service === "firehose") return { id: arn, kind: "delivery", name, arn };
  if (service !== "kinesis") return { id: arn, kind: "application", name, arn };
  const channel = state.channels.get({ account, region, id: name });
  return { id: arn, kind: "channel", name: channel?.document.name ?? name, arn };
}

/** Those that are configured, and have not read anything since this Millrace runs. */
function idleConsumers(
  { figures, firehose }: StreamConsumersParts,
  stream: Stream,
  seen: ReadonlySet<string>,
): readonly ConsumerAnswer[] {
  const registered = figures
    .idle(stream)
    .map(({ name, arn }) => idle({ id: arn, kind: "fan-out", name, arn }, "idle"));
  const deliveries = [...(firehose()?.streams.all() ?? [])]
    .filter(({ document: { source } }) => source.kind === "kinesis" && source.streamArn === stream.arn)
    .filter(({ arn }) => !seen.has(arn))
    .map(({ arn, document }) =>
      idle({ id: arn, kind: "delivery", name: document.name, arn }, document.status),
    );
  return [...registered, ...deliveries];
}

function idle(identity: Identity, status: string): ConsumerAnswer {
  return {
    ...identity,
    ...rateAnswer(nothing.figures(0)),
    ...{ status, lastAt: undefined, errorsLastMinute: 0, history: [], shards: [] },
    ...{ lagMs: 0, behindRecords: 0, behindBytes: 0 },
  };
}
