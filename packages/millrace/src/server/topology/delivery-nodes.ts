import type { TrafficRing } from "../../core/traffic/traffic-ring.ts";
import {
  type DeliveryStream,
  deliveryPlaces,
  type FirehoseState,
  schemaTableOf,
} from "../../services/firehose/index.ts";
import { clientId } from "./client-id.ts";
import { rateAnswer, rounded } from "./consumer-answer.ts";
import type { GraphBuilder, TopologyEdge } from "./graph.ts";
import type { Owner } from "./inner-calls.ts";
import type { PlaceNodes } from "./place-nodes.ts";
import { clientLifeMs } from "./stream-nodes.ts";

/** Delivery streams of an account in a region, with who puts and where they deliver. */
export function addDeliveries(
  graph: GraphBuilder,
  state: FirehoseState,
  places: PlaceNodes,
  { account, region }: Owner,
): void {
  const nowMs = state.clock.now();
  for (const stream of state.streams.list(account, region)) {
    addDelivery(graph, stream, nowMs);
    addProducers(graph, stream, nowMs);
    addSchema(graph, stream, nowMs);
    for (const { kind, place } of deliveryPlaces(stream)) {
      const to = places.add(place);
      const edge = { destination: "delivers", backup: "backs-up", staging: "stages" } as const;
      graph.edge(edgeOf(stream.arn, to, edge[kind], stream.traffic.to(place), nowMs));
    }
  }
}

/** The table that says what records become; it is a node where the catalog has it. */
function addSchema(graph: GraphBuilder, stream: DeliveryStream, nowMs: number): void {
  const schema = schemaTableOf(stream);
  if (schema === undefined) return;
  const { region, account, database, table } = schema;
  const arn = `arn:aws:glue:${region}:${account}:table/${database}/${table}`;
  graph.edge(edgeOf(arn, stream.arn, "describes", undefined, nowMs));
}

function addDelivery(
  graph: GraphBuilder,
  { arn, document, traffic, pipeline }: DeliveryStream,
  nowMs: number,
): void {
  const taken = rateAnswer(traffic.in.figures(nowMs));
  const delivered = traffic.out.figures(nowMs);
  const stats = pipeline?.stats() ?? [];
  const main = stats.find(({ name }) => name === "destination") ?? stats[0];
  const { fullestBytes = 0, oldestOpenedMs = nowMs } = main?.buffered ?? {};
  graph.node({
    ...{ id: arn, kind: "delivery", name: document.name, arn, status: document.status },
    detail: "Delivery stream",
    figures: {
      recordsPerSecond: taken.recordsPerSecond,
      bytesPerSecond: taken.bytesPerSecond,
      outRecordsPerSecond: rounded(delivered.recordsPerSecond),
      outBytesPerSecond: rounded(delivered.bytesPerSecond),
      bufferedBytes: fullestBytes,
      maxBufferBytes: main?.hints.maxBytes ?? 0,
      bufferedSeconds: Math.max(nowMs - oldestOpenedMs, 0) / 1_000,
      maxBufferSeconds: (main?.hints.maxAgeMs ?? 0) / 1_000,
      backlogRecords: main?.backlogRecords ?? 0,
      backlogBytes: main?.backlogBytes ?? 0,
      errorsPerMinute: delivered.lastMinute.errors,
    },
    history: traffic.in.history(nowMs),
  });
}

function addProducers(graph: GraphBuilder, { arn: to, traffic }: DeliveryStream, nowMs: number): void {
  for (const { principal = "", client, arn, ring } of traffic.producers()) {
    if (client === undefined) {
      if (arn !== undefined) graph.edge(edgeOf(arn, to, "puts", ring, nowMs));
      continue;
    }
    if (nowMs - (ring.lastMs ?? 0) > clientLifeMs) continue;
    const id = clientId("producer", principal, client);
    const { recordsPerSecond, bytesPerSecond } = rateAnswer(ring.figures(nowMs));
    graph.node({
      ...{ id, kind: "producer", name: client.name, detail: client.library, principal },
      ...{ figures: { recordsPerSecond, bytesPerSecond }, history: ring.history(nowMs) },
    });
    graph.edge(edgeOf(id, to, "puts", ring, nowMs));
  }
}

/** An edge with what a ring has counted; without one, nothing has gone over it. */
export function edgeOf(
  from: string,
  to: string,
  kind: TopologyEdge["kind"],
  ring: TrafficRing | undefined,
  nowMs: number,
  unit: TopologyEdge["unit"] = "records",
): TopologyEdge {
  const figures = ring?.figures(nowMs);
  const errors = figures?.lastMinute.errors ?? 0;
  return {
    ...{ from, to, kind, unit },
    recordsPerSecond: rounded(figures?.recordsPerSecond ?? 0),
    bytesPerSecond: rounded(figures?.bytesPerSecond ?? 0),
    ...(errors === 0 ? {} : { errorsPerMinute: errors }),
  };
}
