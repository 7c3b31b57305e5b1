import { isDeepStrictEqual } from "node:util";
import type { Timer } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { ClusterSettings } from "../../../kernels/warehouse/warehouse-port.ts";
import type { ClusterDocument } from "../document.ts";
import { limits } from "../limits.ts";
import type { Resources } from "../resources.ts";
import { kernelSettings, keyOf } from "./kernel-settings.ts";
import { failedResize, finished } from "./outcome.ts";
import { performWork } from "./work.ts";

/**
 * Ends the transitional states of clusters: when their time has come the kernel does the work, then the
 * document says so. All of it may be done again, so a crash in between costs nothing.
 */
export class Lifecycle {
  readonly #state: Resources;
  readonly #transitionMs: number;
  readonly #timers = new Map<string, Timer>();
  /** By the clusters' ids. */
  readonly #running = new Map<string, Promise<void>>();
  #closed = false;

  constructor(state: Resources, transitionMs: number) {
    this.#state = state;
    this.#transitionMs = transitionMs;
  }

  /** After a start: goes on with what was under way, and tells the kernel what the documents say. */
  async resume(): Promise<void> {
    this.#closed = false;
    for (const cluster of this.#state.clusters.all()) {
      if (await this.#isForgotten(cluster)) continue;
      if (cluster.work === undefined) await this.#reconcile(cluster);
      else this.finishLater(cluster, Math.max(1, this.#transitionMs));
    }
  }

  /** Ends the cluster's work when its time has come; at once where it takes none. */
  finishLater(cluster: ClusterDocument, delayMs: number = this.#transitionMs): void {
    if (this.#closed) return;
    const { id } = cluster;
    this.#timers.get(id)?.cancel();
    if (delayMs === 0) {
      this.#timers.delete(id);
      this.#start(id, delayMs);
      return;
    }
    const timer = this.#state.clock.after(delayMs, () => {
      this.#timers.delete(id);
      this.#start(id, delayMs);
    });
    this.#timers.set(id, timer);
  }

  /**
   * Waits for the cluster's work, if the kernel is at it: clients that wait for a state look at it right after the
   * answer, and sleep for a minute if it is another one. Never within `change`.
   */
  async settled({ id }: ClusterDocument): Promise<void> {
    await this.#running.get(id);
  }

  /** Whether the kernel is at work: nothing can be called off then. */
  isRunning({ id }: ClusterDocument): boolean {
    return this.#running.has(id);
  }

  /** Begins no further work, and waits for that which has begun. */
  async suspend(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    await this.idle();
  }

  /** Waits for the work that has begun. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.values());
  }

  #start(id: string, delayMs: number): void {
    const running = this.#finish(id)
      .catch((error: unknown) => this.#retry(id, delayMs, error))
      .finally(() => this.#running.delete(id));
    this.#running.set(id, running);
  }

  async #finish(id: string): Promise<void> {
    const cluster = this.#find(id);
    if (cluster === undefined) return;
    const state = this.#state;
    const failure = await performWork(state, cluster).then(
      () => undefined,
      (error: unknown) => failedResize(state, cluster, error),
    );
    await state.change(async () => {
      // Tags may have changed in the meantime; work has not, as nothing begins before it has ended.
      const current = this.#find(id);
      if (current === undefined) return;
      const { edits, happenings } = finished(state, current, failure);
      await state.commit(current, edits, happenings);
      // A security group may have got other ranges while the kernel was at work.
      const after = this.#find(id);
      if (after !== undefined) await this.#reconcile(after);
    });
  }

  #retry(id: string, delayMs: number, error: unknown): void {
    const { log } = this.#state;
    const cluster = this.#find(id);
    const fields = { err: error, cluster: cluster?.name, work: cluster?.work?.kind };
    log.error(fields, `work on a cluster failed and is tried again: ${messageOf(error)}`);
    if (cluster === undefined) return;
    this.finishLater(cluster, Math.min(Math.max(delayMs * 2, limits.retryMs), limits.retryMaxMs));
  }

  #find(id: string): ClusterDocument | undefined {
    return this.#state.clusters.all().find((cluster) => cluster.id === id);
  }

  /** A cluster whose creation was never answered: the crash came before the kernel had made it. */
  async #isForgotten(cluster: ClusterDocument): Promise<boolean> {
    const { warehouse, clusters } = this.#state;
    if (cluster.work?.kind !== "create" || warehouse.cluster(keyOf(cluster)) !== undefined) return false;
    await this.#state.change(() => this.#state.commit(cluster, [clusters.remove(cluster)]));
    return true;
  }

  /** A crash may have come between the kernel's change and ours. Not while there is work. */
  async #reconcile(cluster: ClusterDocument): Promise<void> {
    const { warehouse, log } = this.#state;
    const key = keyOf(cluster);
    const known = warehouse.state(key);
    if (known === undefined) {
      log.error({ cluster: cluster.name }, "a cluster is described, but its data is not there");
      return;
    }
    const wanted = kernelSettings(this.#state, cluster);
    if (!isDeepStrictEqual(plain(known.settings), plain(wanted))) await warehouse.configure(key, wanted);
  }
}

/** What is undefined and what is not there are the same. */
const plain = (settings: ClusterSettings): unknown => JSON.parse(JSON.stringify(settings));
