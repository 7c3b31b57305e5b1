import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import { type DeliveryLimits, deliveryLimits } from "./limits.ts";
import { DeliveryPipeline, removePipeline } from "./pipeline.ts";
import type { DeliveryObserver, PipelinePlan } from "./plan.ts";
import { Positions } from "./positions.ts";
import type { DeliveryLogs } from "./record-log.ts";
import { Turns } from "./turns.ts";

export interface PipelinesParts {
  readonly logs: DeliveryLogs;
  /** With `positionSchema`; shared by all pipelines. */
  readonly positions: SqlFile;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits?: Partial<DeliveryLimits>;
}

export interface PipelineInput {
  /** Names logs and positions; never given to another pipeline, so the id of a stream's incarnation. */
  readonly id: string;
  readonly plan: PipelinePlan;
  readonly observer: DeliveryObserver;
  /** Asked when a stage keeps records: under which key it encrypts them, as `append` is told for its own. */
  readonly encryption?: () => { readonly keyId: string } | undefined;
}

/** All pipelines of a process, on one store of logs and one file of positions. */
export class DeliveryPipelines {
  readonly #parts: PipelinesParts;
  readonly #positions: Positions;
  readonly #limits: DeliveryLimits;
  readonly #readers: Turns;
  readonly #open = new Map<string, Promise<DeliveryPipeline>>();

  constructor(parts: PipelinesParts) {
    this.#parts = parts;
    this.#positions = new Positions(parts.positions);
    this.#limits = { ...deliveryLimits, ...parts.limits };
    this.#readers = new Turns(this.#limits.maxReaders);
  }

  /** Opens or creates; goes on with what an earlier run has left. An id is open once at a time. */
  open({ id, plan, observer, encryption }: PipelineInput): Promise<DeliveryPipeline> {
    if (this.#open.has(id)) return Promise.reject(new Error(`the pipeline ${id} is open`));
    const { logs, clock, log } = this.#parts;
    const opening = DeliveryPipeline.open({
      pipeline: id,
      plan,
      observer,
      encryption: encryption ?? (() => undefined),
      logs,
      clock,
      log,
      positions: this.#positions,
      limits: this.#limits,
      readers: this.#readers,
      onClosed: () => void this.#open.delete(id),
    });
    this.#open.set(id, opening);
    opening.catch(() => this.#open.delete(id));
    return opening;
  }

  /** Removes a pipeline, open or not, with all that it has not delivered. */
  async delete(id: string): Promise<void> {
    const open = await this.#open.get(id)?.catch(() => undefined);
    if (open !== undefined) return open.delete();
    await removePipeline({ logs: this.#parts.logs, positions: this.#positions }, id);
  }

  /** Closes all pipelines; neither the logs nor the positions. */
  async close(): Promise<void> {
    const open = await Promise.allSettled(this.#open.values());
    await Promise.all(
      open.map((result) => (result.status === "fulfilled" ? result.value.close() : undefined)),
    );
  }
}
