import type { Clock } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import type { MetricSink } from "../../../core/telemetry.ts";
import { PipelineClosedError, StreamCopier } from "../../../kernels/delivery/index.ts";
import type { Stream } from "../stream.ts";
import type { Channel } from "./channel.ts";
import { ChannelCounters } from "./channel-counters.ts";
import type { ChannelDocument } from "./channel-document.ts";
import { ChannelLog } from "./channel-log.ts";
import { ChannelObserver } from "./channel-observer.ts";
import type { ChannelDelivery, ChannelParts } from "./channel-parts.ts";
import { channelPlan } from "./channel-plan.ts";
import type { ChannelTable } from "./channel-table.ts";
import { destinationProblem } from "./destination-check.ts";

/** How long to wait before a channel that could not be opened is tried again. */
const reopenMs = 5_000;

/** What channels need of the table of streams: their timers, and the key that a stream is encrypted under. */
interface Streams {
  later(finish: () => Promise<void>, delayMs?: number): Promise<void>;
  get(account: string, region: string, name: string): Stream | undefined;
}

export interface ChannelLifecycleParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: MetricSink;
  readonly delivery: ChannelDelivery;
  readonly streams: Streams;
  readonly channels: ChannelTable;
}

interface OpenedParts extends ChannelParts {
  readonly channelLog: ChannelLog;
}

/** Brings channels to work and ends them: CREATING, UPDATING and DELETING, also those that a restart has left. */
export class ChannelLifecycle {
  readonly #parts: ChannelLifecycleParts;
  #opened: Promise<OpenedParts> | undefined;
  #closed = false;

  constructor(parts: ChannelLifecycleParts) {
    this.#parts = parts;
  }

  /** After a restart: goes on with everything that the last run has left. */
  async resume(): Promise<void> {
    for (const channel of this.#parts.channels.all()) {
      const { status } = channel.document;
      if (status === "ACTIVE" || status === "UPDATING") await this.#reopen(channel);
      if (status !== "ACTIVE" && status !== "FAILED") this.finishLater(channel);
    }
  }

  /** Ends CREATING, UPDATING or DELETING when its time has come. */
  finishLater(channel: Channel): void {
    void this.#parts.streams.later(() => this.#finish(channel));
  }

  /** Stops delivering; what is not delivered stays where it is. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { copier } of this.#parts.channels.all()) await copier?.close();
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.pipelines.close();
  }

  /** Forgets a channel with what it has not delivered. */
  async remove(channel: Channel): Promise<void> {
    const { copier, pipeline, document } = channel;
    channel.copier = undefined;
    channel.pipeline = undefined;
    await copier?.close();
    if (pipeline !== undefined) await pipeline.delete();
    // One that never was ACTIVE has nothing to be removed.
    else if (document.startMs !== undefined) await (await this.#open()).pipelines.delete(document.id);
    await this.#parts.channels.remove(channel);
  }

  /** The channel is to work by what its document says now: another freshness. */
  async #apply(channel: Channel): Promise<void> {
    const { pipeline } = channel;
    if (pipeline === undefined) return;
    try {
      const opened = await this.#open();
      await pipeline.update(channelPlan(channel.document, opened, this.#parts.clock));
    } catch (error) {
      // It was deleted, or Millrace stops: then a restart goes on.
      if (!(error instanceof PipelineClosedError)) throw error;
    }
  }

  /** As the tags of a channel change it. */
  applyLater(channel: Channel): void {
    void this.#parts.streams.later(() => this.#apply(channel), 0);
  }

  /** A channel that cannot be opened now must not keep the others from it. */
  async #reopen(channel: Channel): Promise<void> {
    try {
      await this.#deliver(channel);
    } catch (error) {
      const { log, streams } = this.#parts;
      log.error({ err: error, channel: channel.arn }, `a channel was not opened: ${messageOf(error)}`);
      void streams.later(() => this.#deliver(channel), reopenMs);
    }
  }

  async #finish(channel: Channel): Promise<void> {
    if (this.#closed || !this.#parts.channels.has(channel)) return;
    switch (channel.document.status) {
      case "DELETING":
        return this.remove(channel);
      case "CREATING":
        return this.#finishCreation(channel);
      case "UPDATING":
        await this.#apply(channel);
        return this.#leave(channel, "UPDATING", { status: "ACTIVE" });
      default:
        return;
    }
  }

  /** Only now is the destination looked at, as on AWS, where a wrong one makes the channel FAILED. */
  async #finishCreation(channel: Channel): Promise<void> {
    const { clock } = this.#parts;
    const failure = destinationProblem(channel.document, await this.#open());
    const outcome =
      failure === undefined
        ? ({ status: "ACTIVE", startMs: clock.now() } as const)
        : ({ status: "FAILED", failure } as const);
    await this.#leave(channel, "CREATING", outcome);
    if (channel.document.status === "ACTIVE") await this.#reopen(channel);
  }

  /** Unless something else was asked for in between: a deletion. */
  #leave(
    channel: Channel,
    status: ChannelDocument["status"],
    outcome: Partial<ChannelDocument>,
  ): Promise<void> {
    return this.#parts.channels.change(channel, (document) =>
      document.status === status ? { ...document, ...outcome } : document,
    );
  }

  /** Opens what delivers, and begins to read the stream. */
  async #deliver(channel: Channel): Promise<void> {
    const { channels, clock, log, metrics } = this.#parts;
    if (this.#closed || channel.pipeline !== undefined || !channels.has(channel)) return;
    const opened = await this.#open();
    const { document } = channel;
    channel.counters ??= new ChannelCounters(metrics, document);
    const { counters } = channel;
    const observer = new ChannelObserver(channel, { clock, counters, log: opened.channelLog });
    const plan = channelPlan(document, opened, clock);
    channel.pipeline = await opened.pipelines.open({ id: document.id, plan, observer });
    channel.copier = new StreamCopier({
      source: opened.source(document.streamArn, { roleArn: document.roleArn, sourceArn: channel.arn }),
      pipeline: channel.pipeline,
      startTimeMs: document.startMs ?? clock.now(),
      appendOptions: () => this.#appendOptions(document),
      observer,
      clock,
      log,
    });
  }

  /** What waits for its delivery is encrypted as the stream is. */
  #appendOptions({ account, region, streamArn }: ChannelDocument): {
    readonly encryption?: { readonly keyId: string };
  } {
    const name = streamArn.slice(streamArn.lastIndexOf("/") + 1);
    const keyId = this.#parts.streams.get(account, region, name)?.encryptionKey;
    return keyId === undefined ? {} : { encryption: { keyId } };
  }

  #open(): Promise<OpenedParts> {
    this.#opened ??= this.#openParts();
    // The next caller tries again.
    this.#opened.catch(() => {
      this.#opened = undefined;
    });
    return this.#opened;
  }

  async #openParts(): Promise<OpenedParts> {
    const parts = await this.#parts.delivery.open(() => this.close());
    return { ...parts, channelLog: new ChannelLog(parts, this.#parts.log) };
  }
}
