import { type ClientName, ClientNames } from "../../core/traffic/client-name.ts";
import { RecentMap } from "../../core/traffic/recent-map.ts";
import { TrafficRing } from "../../core/traffic/traffic-ring.ts";
import type { DeliveredBatch } from "../../kernels/delivery/index.ts";

/** Deliveries and failures that are remembered, newest last. */
const maxRemembered = 50;
/** Producers, and places that are delivered to, that are told apart. */
const maxParties = 200;
const maxMessageLength = 1_000;

/** A program that puts records by a call, or a part of Millrace that does. */
export type DeliveryParty =
  | { readonly principal: { readonly arn: string }; readonly userAgent?: string | undefined }
  | { readonly sourceArn: string };

export interface DeliveryProducer {
  readonly principal?: string;
  readonly client?: ClientName;
  readonly arn?: string;
  readonly ring: TrafficRing;
}

/** A batch that arrived. */
export interface PastDelivery extends Omit<DeliveredBatch, "partition"> {
  readonly atMs: number;
  readonly consumer: string;
  /** `s3://bucket/key`, or what the destination is called. */
  readonly place: string;
  readonly partitionKeys?: Readonly<Record<string, string>> | undefined;
  /** Of a batch of failed records: `processing-failed`. */
  readonly errorOutputType?: string | undefined;
}

export interface PastFailure {
  /** Of the first and of the newest one like it. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
  readonly consumer: string;
  /** `attempt`: tried again. `records`: they went to the error output. `source`: the data stream was not read. */
  readonly kind: "attempt" | "records" | "source";
  readonly code: string;
  readonly message: string;
  /** That went to the error output. */
  readonly records: number;
}

type Failure = Pick<PastFailure, "consumer" | "kind" | "code" | "message" | "records">;

/** Told of what happens from now on. */
export interface DeliveryWatcher {
  delivered(delivery: PastDelivery): void;
  failed(failure: Failure): void;
}

/** Where records came from and where they went, lately. In memory: a restart forgets it. */
export class DeliveryTraffic {
  readonly in: TrafficRing = new TrafficRing();
  /** Its errors are attempts that failed. */
  readonly out: TrafficRing = new TrafficRing();
  /** How far behind the source's newest record the last copy was; undefined without a source. */
  behindMs: number | undefined;
  readonly #names = new ClientNames();
  readonly #producers = new RecentMap<string, DeliveryProducer>(maxParties);
  readonly #places = new RecentMap<string, TrafficRing>(maxParties);
  readonly #deliveries: PastDelivery[] = [];
  readonly #failures: PastFailure[] = [];
  readonly #watchers = new Set<DeliveryWatcher>();

  /** Newest first. */
  get deliveries(): readonly PastDelivery[] {
    return this.#deliveries.toReversed();
  }

  /** Newest first. */
  get failures(): readonly PastFailure[] {
    return this.#failures.toReversed();
  }

  producers(): Iterable<DeliveryProducer> {
    return this.#producers.values();
  }

  /** What went to a place lately: a bucket as `s3://bucket`, or what the destination is called. */
  to(place: string): TrafficRing | undefined {
    return this.#places.get(place);
  }

  watch(watcher: DeliveryWatcher): Disposable {
    this.#watchers.add(watcher);
    return { [Symbol.dispose]: () => void this.#watchers.delete(watcher) };
  }

  took(party: DeliveryParty, records: number, bytes: number, nowMs: number): void {
    this.in.add(records, bytes, nowMs);
    this.#producer(party).ring.add(records, bytes, nowMs);
  }

  copied(records: number, bytes: number, behindMs: number, nowMs: number): void {
    this.in.add(records, bytes, nowMs);
    this.behindMs = behindMs;
  }

  delivered(consumer: string, { partition, ...batch }: DeliveredBatch, place: string, nowMs: number): void {
    const { keys, errorOutputType } = partition;
    const delivery = {
      ...{ ...batch, atMs: nowMs, consumer, place, errorOutputType },
      partitionKeys: keys === undefined ? undefined : { ...keys.query, ...keys.lambda },
    };
    remember(this.#deliveries, delivery);
    this.out.add(batch.records, batch.bytes, nowMs);
    this.#place(rootOf(place)).add(batch.records, batch.bytes, nowMs);
    for (const watcher of this.#watchers) watcher.delivered(delivery);
  }

  failed(given: Failure, place: string, nowMs: number): void {
    const failure = { ...given, message: given.message.slice(0, maxMessageLength) };
    if (failure.kind !== "source") this.out.fail(1, nowMs);
    if (failure.kind === "attempt") this.#place(rootOf(place)).fail(1, nowMs);
    this.#noteFailure(failure, nowMs);
    for (const watcher of this.#watchers) watcher.failed(failure);
  }

  /** The same failure again and again is one entry. */
  #noteFailure(failure: Failure, nowMs: number): void {
    const { consumer, kind, code, message } = failure;
    const at = this.#failures.findIndex(
      (known) =>
        known.consumer === consumer &&
        known.kind === kind &&
        known.code === code &&
        known.message === message,
    );
    const [known] = at < 0 ? [] : this.#failures.splice(at, 1);
    remember(this.#failures, {
      ...failure,
      firstMs: known?.firstMs ?? nowMs,
      lastMs: nowMs,
      count: (known?.count ?? 0) + 1,
      records: (known?.records ?? 0) + failure.records,
    });
  }

  #place(root: string): TrafficRing {
    const known = this.#places.get(root);
    if (known !== undefined) return known;
    const made = new TrafficRing();
    this.#places.set(root, made);
    return made;
  }

  #producer(party: DeliveryParty): DeliveryProducer {
    const client = "sourceArn" in party ? undefined : this.#names.of(party.userAgent);
    const key =
      "sourceArn" in party ? party.sourceArn : `${party.principal.arn}\n${client?.name}\n${client?.library}`;
    const known = this.#producers.get(key);
    if (known !== undefined) return known;
    const ring = new TrafficRing();
    const made =
      "sourceArn" in party
        ? { arn: party.sourceArn, ring }
        : { principal: party.principal.arn, ...(client === undefined ? {} : { client }), ring };
    this.#producers.set(key, made);
    return made;
  }
}

function remember<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > maxRemembered) list.shift();
}

/** `s3://bucket` of `s3://bucket/key`. */
function rootOf(place: string): string {
  return /^s3:\/\/[^/]+/.exec(place)?.[0] ?? place;
}
