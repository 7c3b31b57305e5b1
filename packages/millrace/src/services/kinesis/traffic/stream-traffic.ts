import type { ClientName, ClientNames } from "../../../core/traffic/client-name.ts";
import { RecentMap } from "../../../core/traffic/recent-map.ts";
import { TrafficRing } from "../../../core/traffic/traffic-ring.ts";
import { ConsumerTraffic } from "./consumer-traffic.ts";

/** A program that calls. */
export interface CallParty {
  readonly principal: { readonly arn: string };
  readonly userAgent?: string | undefined;
}

/** A part of Millrace: a delivery stream, an application. */
export interface ServiceParty {
  readonly sourceArn: string;
}

/** Who puts records into a stream, or reads them. */
export type StreamParty = CallParty | ServiceParty;

/** Producers and consumers of a stream that are told apart. */
const maxParties = 200;

/** What one producer puts. */
export interface ProducerTraffic {
  /** Of a program that calls. */
  readonly principal?: string;
  readonly client?: ClientName;
  /** Of a part of Millrace. */
  readonly arn?: string;
  readonly ring: TrafficRing;
}

/** What goes into a shard, and out of it. */
export class ShardTraffic {
  /** Its errors are records that were refused for the shard's limits. */
  readonly in: TrafficRing = new TrafficRing();
  /** Its errors are GetRecords calls that were refused. */
  readonly out: TrafficRing = new TrafficRing();
}

/** What went through a stream in the last minute, by shards, producers and consumers. In memory. */
export class StreamTraffic {
  readonly in: TrafficRing = new TrafficRing();
  readonly out: TrafficRing = new TrafficRing();
  readonly #names: ClientNames;
  readonly #shards = new Map<number, ShardTraffic>();
  readonly #producers = new RecentMap<string, ProducerTraffic>(maxParties);
  readonly #consumers = new RecentMap<string, ConsumerTraffic>(maxParties);
  /** Of the last put: most streams have one producer at a time, which then needs no look-up. */
  #last:
    | { readonly party: string; readonly client: ClientName; readonly producer: ProducerTraffic }
    | undefined;

  constructor(names: ClientNames) {
    this.#names = names;
  }

  producers(): Iterable<ProducerTraffic> {
    return this.#producers.values();
  }

  consumers(): Iterable<ConsumerTraffic> {
    return this.#consumers.values();
  }

  shard(index: number): ShardTraffic {
    let shard = this.#shards.get(index);
    if (shard === undefined) {
      shard = new ShardTraffic();
      this.#shards.set(index, shard);
    }
    return shard;
  }

  knownShard(index: number): ShardTraffic | undefined {
    return this.#shards.get(index);
  }

  /** Forgets shards that are gone. */
  keep(indexes: { has(index: number): boolean }): void {
    for (const index of this.#shards.keys()) if (!indexes.has(index)) this.#shards.delete(index);
    for (const consumer of this.#consumers.values()) consumer.keep(indexes);
  }

  producer(party: StreamParty): ProducerTraffic {
    if ("sourceArn" in party) {
      const { sourceArn: arn } = party;
      return this.#producer(arn, () => ({ arn, ring: new TrafficRing() }));
    }
    const client = this.#names.of(party.userAgent);
    const principal = party.principal.arn;
    if (this.#last?.client === client && this.#last.party === principal) return this.#last.producer;
    const make = (): ProducerTraffic => ({ principal, client, ring: new TrafficRing() });
    const producer = this.#producer(keyOf(principal, client), make);
    this.#last = { party: principal, client, producer };
    return producer;
  }

  #producer(key: string, make: () => ProducerTraffic): ProducerTraffic {
    const known = this.#producers.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#producers.set(key, made);
    return made;
  }

  /** Who calls GetRecords, or reads as a part of Millrace. */
  reader(party: StreamParty): ConsumerTraffic {
    if ("sourceArn" in party)
      return this.#consumer(party.sourceArn, () => ({ kind: "service", arn: party.sourceArn }));
    const client = this.#names.of(party.userAgent);
    const principal = party.principal.arn;
    return this.#consumer(keyOf(principal, client), () => ({ kind: "polling", principal, client }));
  }

  /** A registered consumer, by its ARN. */
  subscriber(name: string, arn: string, party: CallParty): ConsumerTraffic {
    const client = this.#names.of(party.userAgent);
    const principal = party.principal.arn;
    return this.#consumer(arn, () => ({ kind: "fan-out", name, arn, principal, client }));
  }

  #consumer(key: string, about: () => ConsumerTraffic["about"]): ConsumerTraffic {
    const known = this.#consumers.get(key);
    if (known !== undefined) return known;
    const made = new ConsumerTraffic(about());
    this.#consumers.set(key, made);
    return made;
  }
}

function keyOf(principal: string, { name, library }: ClientName): string {
  return `${principal}\n${name}\n${library}`;
}
