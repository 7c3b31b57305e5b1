import type { Kinesis, _Record as KinesisRecord } from "@aws-sdk/client-kinesis";
import type { Codecs } from "../decode/codecs.ts";
import { Newest } from "./newest.ts";
import { RecordFilter } from "./record-filter.ts";
import { StreamTail, type TailRequest } from "./stream-tail.ts";
import { type TailRecord, TailRecords } from "./tail-record.ts";

/** Kept to be looked at, of all records and of those that match. */
export const maxKeptRecords = 10_000;
const bounds = { maxItems: maxKeptRecords, maxBytes: 64 * 1024 * 1024 } as const;
/** Drawn at most so often: ten times a second is what an eye follows. */
const minDrawMs = 100;
const rateWindowMs = 3_000;
/** Looked through without a pause. */
const searchedAtOnce = 500;
/** More than this, and the oldest are not looked at. */
const maxUnread = 40_000;

export interface TailView {
  /** Newest first: those that match. */
  readonly rows: readonly TailRecord[];
  readonly received: number;
  readonly receivedBytes: number;
  readonly matched: number;
  /** Not kept any more, because newer ones came. */
  readonly forgotten: number;
  readonly perSecond: number;
  readonly behindMs: number;
  /** Rows stand still: so many have come since. */
  readonly since: number | undefined;
  readonly error: Error | undefined;
  readonly endedShards: number;
}

const nothing: TailView = {
  rows: [],
  received: 0,
  receivedBytes: 0,
  matched: 0,
  forgotten: 0,
  perSecond: 0,
  behindMs: 0,
  since: undefined,
  error: undefined,
  endedShards: 0,
};

/**
 * A tail as it is shown. Records come at any rate; a new view is made at most ten times a second, and rows stand
 * still while somebody reads them.
 */
export class TailStore {
  readonly #codecs: Codecs;
  readonly #listeners = new Set<() => void>();
  readonly #kept = new Newest<TailRecord>(bounds, sizeOf);
  /** While something is looked for; what matches stays longer than what does not. */
  readonly #found = new Newest<TailRecord>(bounds, sizeOf);
  readonly #behind = new Map<string, number>();
  readonly #rate: { readonly atMs: number; readonly count: number }[] = [];
  #records: TailRecords;
  #filter = new RecordFilter("");
  #tail: StreamTail | undefined;
  #view: TailView = nothing;
  #received = 0;
  #receivedBytes = 0;
  #matched = 0;
  #ended = 0;
  #error: Error | undefined;
  #frozenAt: number | undefined;
  /** While something is looked for: records that have not been looked at. */
  #unread: TailRecord[] = [];
  #isSearching = false;
  /** Rows that stand still are changed once more, for what is looked for now. */
  #isFilterNew = false;
  /** Of those that were there when the filter was changed. */
  #unreadAtFirst = 0;
  #isScheduled = false;
  #drawnMs = 0;

  constructor(codecs: Codecs) {
    this.#codecs = codecs;
    this.#records = new TailRecords(codecs);
  }

  open(kinesis: Kinesis, request: TailRequest): void {
    this.close();
    this.clear();
    this.#ended = 0;
    this.#error = undefined;
    this.#behind.clear();
    this.#tail = new StreamTail(kinesis, request, {
      records: (shard, records, behindMs) => this.#take(shard, records, behindMs),
      ended: (shard) => {
        this.#ended++;
        this.#behind.delete(shard);
        this.#schedule();
      },
      failed: (error) => {
        this.#error = error;
        this.#schedule();
      },
    });
    void this.#tail.start();
  }

  close(): void {
    this.#tail?.stop();
    this.#tail = undefined;
  }

  clear(): void {
    this.#kept.clear();
    this.#found.clear();
    this.#unread = [];
    this.#received = 0;
    this.#receivedBytes = 0;
    this.#matched = 0;
    this.#rate.length = 0;
    this.#records = new TailRecords(this.#codecs);
    this.#frozenAt = this.#frozenAt === undefined ? undefined : 0;
    this.#view = nothing;
    this.#schedule();
  }

  /** Records that have come before are looked through as well, a part at a time. */
  filter(query: string): void {
    this.#filter = new RecordFilter(query);
    this.#found.clear();
    this.#matched = 0;
    this.#unread = this.#filter.isEmpty ? [] : [...this.#kept.toArray()].reverse();
    this.#isFilterNew = true;
    this.#unreadAtFirst = this.#unread.length;
    if (!this.#isSearching) this.#search();
    this.#schedule();
  }

  /** One of those that are kept. */
  find(id: string): TailRecord | undefined {
    return this.#shown.toArray().find((record) => record.id === id);
  }

  /** Rows stand still, or go on. */
  freeze(isFrozen: boolean): void {
    if (isFrozen === (this.#frozenAt !== undefined)) return;
    this.#frozenAt = isFrozen ? this.#received : undefined;
    this.#schedule();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): TailView => this.#view;

  #take(shard: string, answered: readonly KinesisRecord[], behindMs: number): void {
    this.#behind.set(shard, behindMs);
    const records = this.#records.of(shard, answered);
    for (const record of records) {
      this.#kept.add(record);
      this.#receivedBytes += record.data.length;
      if (!this.#filter.isEmpty) this.#unread.push(record);
    }
    if (this.#unread.length > maxUnread) this.#unread.splice(0, this.#unread.length - maxUnread);
    if (!this.#isSearching) this.#search();
    this.#received += records.length;
    const nowMs = performance.now();
    if (records.length > 0) this.#rate.push({ atMs: nowMs, count: records.length });
    while ((this.#rate[0]?.atMs ?? nowMs) < nowMs - rateWindowMs) this.#rate.shift();
    this.#schedule();
  }

  /** Looks through some of what waits, and lets the page draw before it goes on. */
  #search(): void {
    for (const record of this.#unread.splice(0, searchedAtOnce)) {
      if (!this.#filter.matches(record)) continue;
      this.#found.add(record);
      this.#matched++;
    }
    this.#unreadAtFirst = Math.max(0, this.#unreadAtFirst - searchedAtOnce);
    this.#isSearching = this.#unread.length > 0;
    if (!this.#isSearching) return;
    setTimeout(() => {
      this.#search();
      this.#schedule();
    });
  }

  get #shown(): Newest<TailRecord> {
    return this.#filter.isEmpty ? this.#kept : this.#found;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const waitMs = Math.max(0, this.#drawnMs + minDrawMs - performance.now());
    setTimeout(() => requestAnimationFrame(() => this.#draw()), waitMs);
  }

  #draw(): void {
    this.#isScheduled = false;
    this.#drawnMs = performance.now();
    const windowMs = Math.max(1_000, Math.min(rateWindowMs, this.#drawnMs - (this.#rate[0]?.atMs ?? 0)));
    const counted = this.#rate.reduce((sum, { count }) => sum + count, 0);
    const isFrozen = this.#frozenAt !== undefined;
    const areStill = isFrozen && !this.#isFilterNew;
    this.#isFilterNew &&= this.#unreadAtFirst > 0;
    this.#view = {
      rows: areStill ? this.#view.rows : this.#shown.toArray(),
      received: this.#received,
      receivedBytes: this.#receivedBytes,
      matched: this.#matched,
      forgotten: this.#shown.forgotten,
      perSecond: (counted * 1_000) / windowMs,
      behindMs: Math.max(0, ...this.#behind.values()),
      since: isFrozen ? this.#received - (this.#frozenAt ?? 0) : undefined,
      error: this.#error,
      endedShards: this.#ended,
    };
    for (const listener of this.#listeners) listener();
  }
}

/** With what is read out of it. */
function sizeOf({ data }: TailRecord): number {
  return data.length;
}
