import type { Service } from "../gateway/service.ts";

/** Builds and loads one service. */
export type ServiceStarter = () => Promise<Service>;

/**
 * The services of a Millrace. Each starts when its first call comes, so that what nobody uses costs nothing;
 * what has something kept starts with Millrace, because its timers and its recovery must not wait for a call.
 */
export class ServiceTable {
  readonly #starters: ReadonlyMap<string, ServiceStarter>;
  readonly #running = new Map<string, Service>();
  readonly #starting = new Map<string, Promise<Service>>();
  #closed = false;

  constructor(starters: ReadonlyMap<string, ServiceStarter>) {
    this.#starters = starters;
  }

  get ids(): readonly string[] {
    return [...this.#starters.keys()];
  }

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  /** The service, started if it is not running yet; undefined when this Millrace has none of that id. */
  get(id: string): Service | Promise<Service> | undefined {
    return this.#running.get(id) ?? this.#starting.get(id) ?? this.#start(id);
  }

  /** The service if it runs: one that does not has no resources. */
  running(id: string): Service | undefined {
    return this.#running.get(id);
  }

  /** Empties the services of these ids, or every one. */
  async reset(ids?: readonly string[]): Promise<void> {
    await Promise.allSettled(this.#starting.values());
    // What a service shows may be there without it, made by another: it is started to empty it.
    if (ids !== undefined) for (const id of ids) await (await this.get(id))?.reset();
    if (ids !== undefined) return;
    for (const service of this.#running.values()) await service.reset();
  }

  /** Closes the services, the last started first; none starts afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#starting.values());
    for (const service of [...this.#running.values()].reverse()) await service.close();
    this.#running.clear();
  }

  /** A start that failed is tried again by the next call. */
  #start(id: string): Promise<Service> | undefined {
    const starter = this.#starters.get(id);
    if (starter === undefined) return undefined;
    if (this.#closed) return Promise.reject(new Error(`Millrace is stopping: ${id} is not started any more`));
    const starting = starter().then(
      (service) => {
        this.#running.set(id, service);
        this.#starting.delete(id);
        return service;
      },
      (error: unknown) => {
        this.#starting.delete(id);
        throw error;
      },
    );
    this.#starting.set(id, starting);
    return starting;
  }
}
