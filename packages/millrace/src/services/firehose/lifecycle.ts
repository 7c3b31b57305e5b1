import { isDeepStrictEqual } from "node:util";
import { messageOf } from "../../core/errors.ts";
import { PipelineClosedError, StreamCopier } from "../../kernels/delivery/index.ts";
import type { DeliveryStream } from "./delivery-stream.ts";
import { destinationPlan } from "./destinations/kinds.ts";
import type { FailureDocument, StreamDocument, VersionedDestination } from "./document.ts";
import { encryptionEnded, keyFailure } from "./encryption/encryption-change.ts";
import { ErrorLogs } from "./error-log.ts";
import type { FirehoseDependencies } from "./firehose-dependencies.ts";
import { StreamObserver } from "./stream-observer.ts";
import type { StreamTable } from "./stream-table.ts";

/** After a restart nobody waits, and all streams are there first. */
const firstMs = 1;

/**
 * Brings delivery streams to work and ends them: opens what delivers their records, after a restart as well,
 * takes it to a new destination, and ends CREATING, DELETING, ENABLING and DISABLING.
 */
export class Lifecycle {
  readonly #dependencies: FirehoseDependencies;
  readonly #streams: StreamTable;
  readonly #errorLogs: ErrorLogs;

  constructor(dependencies: FirehoseDependencies, streams: StreamTable) {
    this.#dependencies = dependencies;
    this.#streams = streams;
    this.#errorLogs = new ErrorLogs(dependencies.logs, dependencies.log);
  }

  /** After a restart: goes on with everything that the last run has left. */
  async resume(): Promise<void> {
    const delayMs = Math.max(firstMs, this.#streams.transitionMs);
    for (const stream of this.#streams.all()) {
      const { status, encryption } = stream.document;
      if (status === "ACTIVE") await this.#reopen(stream);
      else if (status !== "CREATING_FAILED") void this.#streams.later(() => this.#finish(stream), delayMs);
      if (status === "ACTIVE" && isChanging(encryption.status)) this.encryptionLater(stream);
    }
  }

  /** Ends CREATING or DELETING when its time has come; resolves when that was tried, if it takes no time. */
  finishLater(stream: DeliveryStream): Promise<void> {
    return this.#streams.later(() => this.#finish(stream));
  }

  /** Ends ENABLING or DISABLING when its time has come. */
  encryptionLater(stream: DeliveryStream): void {
    void this.#streams.later(() => this.#finishEncryption(stream));
  }

  /** Takes the stream's deliveries to its newest destination, in the background. */
  applyLater(stream: DeliveryStream): void {
    void this.#streams.background(() => this.#apply(stream));
  }

  /** Stops delivering; what is not delivered stays where it is. */
  async close(): Promise<void> {
    for (const { copier } of this.#streams.all()) await copier?.close();
    await this.#dependencies.pipelines.close();
  }

  /** Forgets a stream with its records. */
  remove(stream: DeliveryStream): Promise<void> {
    return stream.transitions.run(async () => {
      const { pipeline, copier } = stream;
      stream.pipeline = undefined;
      stream.copier = undefined;
      await copier?.close();
      if (pipeline === undefined) await this.#dependencies.pipelines.delete(stream.document.id);
      else await pipeline.delete();
      await this.#streams.remove(stream);
    });
  }

  /** A stream that cannot be opened now must not keep the others from it. */
  async #reopen(stream: DeliveryStream): Promise<void> {
    try {
      await this.#open(stream);
    } catch (error) {
      const { log } = this.#dependencies;
      log.error({ err: error, stream: stream.arn }, `a delivery stream was not opened: ${messageOf(error)}`);
      void this.#streams.later(() => this.#open(stream), reopenMs);
    }
  }

  async #finish(stream: DeliveryStream): Promise<void> {
    if (!this.#streams.has(stream)) return;
    const { status } = stream.document;
    if (status === "DELETING") return this.remove(stream);
    if (status !== "CREATING") return;
    const failure = await this.#creationFailure(stream.document);
    if (failure === undefined) await this.#open(stream);
    await this.#streams.change(stream, (document) => created(document, failure));
  }

  /** Only keys can have become unusable since the creation was accepted. */
  async #creationFailure({
    encryption,
    account,
    region,
  }: StreamDocument): Promise<FailureDocument | undefined> {
    const keyArn = encryption.coming?.keyArn;
    return keyArn === undefined
      ? undefined
      : keyFailure(this.#dependencies.keys, keyArn, { account, region });
  }

  async #finishEncryption(stream: DeliveryStream): Promise<void> {
    if (!this.#streams.has(stream)) return;
    const { account, region, encryption } = stream.document;
    const keyArn = encryption.status === "ENABLING" ? encryption.coming?.keyArn : undefined;
    const failure =
      keyArn === undefined
        ? undefined
        : await keyFailure(this.#dependencies.keys, keyArn, { account, region });
    await this.#streams.change(stream, (document) => ({
      ...document,
      encryption: encryptionEnded(document.encryption, failure),
    }));
  }

  #open(stream: DeliveryStream): Promise<void> {
    return stream.transitions.run(() => this.#openNow(stream));
  }

  async #openNow(stream: DeliveryStream): Promise<void> {
    if (!this.#streams.has(stream) || this.#streams.isClosed) return;
    const { pipelines, clock, meter } = this.#dependencies;
    const { document } = stream;
    const observer = new StreamObserver(stream, { clock, meter, errorLogs: this.#errorLogs });
    const open = async (): ReturnType<typeof pipelines.open> => {
      const plan = await this.#plan(stream, document.applied ?? document);
      return pipelines.open({ id: document.id, plan, observer, encryption });
    };
    const encryption = (): { readonly keyId: string } | undefined => stream.appendOptions.encryption;
    // An attempt before may have come as far as this.
    stream.pipeline ??= await open();
    await this.#copy(stream, observer);
    if (document.applied !== undefined) this.applyLater(stream);
  }

  /** Begins to read the data stream that a delivery stream has for its source. */
  async #copy(stream: DeliveryStream, observer: StreamObserver): Promise<void> {
    const { source } = stream.document;
    if (source.kind !== "kinesis" || stream.pipeline === undefined || stream.copier !== undefined) return;
    const { clock, log, streams } = this.#dependencies;
    stream.copier = new StreamCopier({
      source: await streams.open(source.streamArn, { roleArn: source.roleArn, sourceArn: stream.arn }),
      pipeline: stream.pipeline,
      startTimeMs: source.startMs,
      appendOptions: () => stream.appendOptions,
      observer,
      clock,
      log,
    });
  }

  /**
   * One update after the other: the document keeps the destination that the pipeline works by until it has
   * taken the next one.
   */
  async #apply(stream: DeliveryStream): Promise<void> {
    if (stream.isApplying) return;
    stream.isApplying = true;
    try {
      while (stream.document.applied !== undefined && stream.pipeline !== undefined) {
        const { version, destination } = stream.document;
        await stream.pipeline.update(await this.#plan(stream, { version, destination }));
        await this.#streams.change(stream, (document) => applied(document, { version, destination }));
      }
    } catch (error) {
      // It was deleted, or Millrace stops: then a restart goes on.
      if (error instanceof PipelineClosedError || !this.#streams.has(stream)) return;
      void this.#streams.later(() => this.#apply(stream), reopenMs);
      throw error;
    } finally {
      stream.isApplying = false;
    }
  }

  #plan(stream: DeliveryStream, versioned: VersionedDestination): ReturnType<typeof destinationPlan> {
    const onAcknowledged = (latencyMs: number): void =>
      this.#dependencies.meter.acknowledged(stream, latencyMs);
    const planned = { ...stream.planned(versioned), onAcknowledged };
    return destinationPlan(versioned.destination, planned, this.#dependencies);
  }
}

/** How long to wait before a stream that could not be opened, or taken to a new destination, is tried again. */
const reopenMs = 5_000;

const isChanging = (status: StreamDocument["encryption"]["status"]): boolean =>
  status === "ENABLING" || status === "DISABLING";

function created(document: StreamDocument, failure: FailureDocument | undefined): StreamDocument {
  // A deletion that was asked for in between wins.
  if (document.status !== "CREATING") return document;
  const encryption = encryptionEnded(document.encryption, failure);
  if (failure !== undefined) return { ...document, status: "CREATING_FAILED", encryption, failure };
  return { ...document, status: "ACTIVE", encryption };
}

/** Another destination may have been asked for while the last one was being taken. */
function applied(document: StreamDocument, now: VersionedDestination): StreamDocument {
  const { applied: _before, ...rest } = document;
  return isDeepStrictEqual(document.destination, now.destination) && document.version === now.version
    ? rest
    : { ...rest, applied: now };
}
