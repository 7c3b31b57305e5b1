import type { Clock, Timer } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import type { Bucket, ObjectStore, ObjectVersion, Upload } from "../../../kernels/objects/index.ts";
import { settingsOf } from "../bucket-settings.ts";
import { attributesOf } from "../version-attributes.ts";
import { prefixFilter } from "./filter-input.ts";
import { dueAfterDays, type LifecycleAction, lifecycleAction } from "./lifecycle-action.ts";
import type { LifecycleConfiguration } from "./lifecycle-rule.ts";
import { walkVersions } from "./version-walk.ts";

const dayMs = 86_400_000;
/** Between a change of a lifecycle and the round that follows it: several changes make one round. */
const settleMs = 1_000;
/** Uploads that are in memory at once. */
const pageUploads = 1_000;

export interface LifecycleWorkerOptions {
  readonly clock: Clock;
  readonly objects: ObjectStore;
  readonly log: Logger;
}

/** The version is not what it was when the rule was asked, or is locked: the next round asks again. */
class SkippedError extends Error {
  override readonly name = "SkippedError";
}

/**
 * Does what the lifecycles of buckets say, in rounds: at start, at each midnight UTC, for days end then, and
 * soon after a lifecycle was put. One version at a time, so that it stays in the background.
 */
export class LifecycleWorker {
  readonly #options: LifecycleWorkerOptions;
  #timer: Timer | undefined;
  #round: Promise<void> | undefined;
  #isAwaited = false;
  #isClosed = false;

  constructor(options: LifecycleWorkerOptions) {
    this.#options = options;
  }

  /** Plans the next round. */
  start(): void {
    this.#plan(settleMs);
  }

  /** A lifecycle was put: a round comes soon. */
  wake(): void {
    if (this.#round === undefined) this.#plan(settleMs);
    else this.#isAwaited = true;
  }

  /** Resolves when no round is running. */
  async idle(): Promise<void> {
    while (this.#round !== undefined) await this.#round;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timer?.cancel();
    await this.idle();
  }

  #plan(delayMs: number): void {
    this.#timer?.cancel();
    if (!this.#isClosed) this.#timer = this.#options.clock.after(delayMs, () => this.#begin());
  }

  #begin(): void {
    this.#round = this.#run().finally(() => {
      this.#round = undefined;
      const soon = this.#isAwaited;
      this.#isAwaited = false;
      this.#plan(soon ? settleMs : dayMs - (this.#options.clock.now() % dayMs));
    });
  }

  async #run(): Promise<void> {
    const { objects, log } = this.#options;
    for (const { name } of objects.buckets()) {
      const bucket = objects.bucket(name);
      const configuration = bucket && settingsOf(bucket).lifecycle;
      if (this.#isClosed || bucket === undefined || configuration === undefined) continue;
      try {
        await this.#walk(bucket, configuration);
        await this.#abortUploads(bucket, configuration);
      } catch (error) {
        log.error({ err: error, bucket: name }, `the lifecycle of a bucket failed: ${messageOf(error)}`);
      }
    }
  }

  async #walk(bucket: Bucket, configuration: LifecycleConfiguration): Promise<void> {
    const { clock, objects } = this.#options;
    if (!configuration.rules.some((rule) => rule.enabled)) return;
    for await (const subject of walkVersions(objects, bucket.name)) {
      if (this.#isClosed) return;
      const action = lifecycleAction(configuration, subject, clock.now());
      if (action !== undefined) await this.#act(bucket, subject.version, action);
    }
  }

  async #act(bucket: Bucket, version: ObjectVersion, action: LifecycleAction): Promise<void> {
    const { log } = this.#options;
    try {
      if (action.kind === "transition") await this.#move(version, action.storageClass);
      else if (action.kind === "expire") await this.#expire(bucket, version);
      else await this.#remove(version);
    } catch (error) {
      if (error instanceof SkippedError) return;
      const { key, versionId } = version;
      const context = { err: error, bucket: bucket.name, key, versionId, rule: action.rule };
      log.warn(context, `a lifecycle rule could not be followed: ${messageOf(error)}`);
    }
  }

  /** As if a client had deleted it without naming a version. */
  async #expire(bucket: Bucket, version: ObjectVersion): Promise<void> {
    const what = bucket.versioning === "off" ? "Delete" : "DeleteMarkerCreated";
    const check = (current: ObjectVersion | undefined): void => {
      if (current === undefined || !isSame(current, version)) throw new SkippedError();
      if (bucket.versioning === "off") this.#refuseLocked(current);
    };
    const eventName = `LifecycleExpiration:${what}`;
    await this.#options.objects.remove(bucket.name, version.key, { check, eventName });
  }

  async #remove(version: ObjectVersion): Promise<void> {
    const { bucket, key, versionId } = version;
    const check = (found: ObjectVersion | undefined): void => {
      if (found === undefined || !isSame(found, version)) throw new SkippedError();
      // A noncurrent version is current again when the newer ones were removed.
      const isLatest = this.#options.objects.find(bucket, key)?.versionId === versionId;
      if (isLatest !== version.isLatest) throw new SkippedError();
      this.#refuseLocked(found);
    };
    const eventName = "LifecycleExpiration:Delete";
    await this.#options.objects.remove(bucket, key, { versionId, check, eventName });
  }

  async #move(version: ObjectVersion, storageClass: string): Promise<void> {
    const { bucket, key, versionId } = version;
    await this.#options.objects.change(
      bucket,
      key,
      versionId,
      (found) => {
        if (!isSame(found, version)) throw new SkippedError();
        return { ...attributesOf(found), storageClass };
      },
      "LifecycleTransition",
    );
  }

  #refuseLocked({ legalHold, retention }: ObjectVersion): void {
    if (legalHold || (retention !== undefined && retention.untilMs > this.#options.clock.now()))
      throw new SkippedError();
  }

  async #abortUploads(bucket: Bucket, configuration: LifecycleConfiguration): Promise<void> {
    const { clock, objects } = this.#options;
    const rules = configuration.rules.filter(
      ({ enabled, abortUploadsAfterDays }) => enabled && abortUploadsAfterDays !== undefined,
    );
    if (rules.length === 0) return;
    const isDue = ({ key, startedAtMs }: Upload): boolean =>
      rules.some(
        ({ prefix, filter, abortUploadsAfterDays = 0 }) =>
          key.startsWith(prefix ?? prefixFilter(filter)) &&
          dueAfterDays(startedAtMs, abortUploadsAfterDays) <= clock.now(),
      );
    let position: { readonly after?: string; readonly afterUploadId?: string } = {};
    while (!this.#isClosed && objects.bucket(bucket.name) !== undefined) {
      const page = objects.listUploads(bucket.name, { ...position, limit: pageUploads });
      for (const upload of page.items) {
        if (isDue(upload)) await objects.abortUpload(upload);
      }
      if (page.next === undefined) return;
      const { next, nextUploadId } = page;
      position = { after: next, ...(nextUploadId === undefined ? {} : { afterUploadId: nextUploadId }) };
    }
  }
}

/** True when a version was not replaced in the meantime. */
function isSame(found: ObjectVersion, version: ObjectVersion): boolean {
  return found.versionId === version.versionId && found.lastModifiedMs === version.lastModifiedMs;
}
