import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Chain } from "./chain.ts";
import type { DeliveryLimits } from "./limits.ts";
import type { ConsumerPlan, DeliveryObserver } from "./plan.ts";
import type { Positions } from "./positions.ts";
import type { Turns } from "./turns.ts";

/** What the parts of a pipeline share. */
export interface PipelineContext {
  readonly pipeline: string;
  readonly positions: Positions;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: DeliveryLimits;
  readonly observer: DeliveryObserver;
  /** For those who read, of all pipelines. */
  readonly readers: Turns;
}

/** Runs processors and tells the observer how long it took. */
export async function observedRun(
  { clock, observer }: PipelineContext,
  plan: ConsumerPlan,
  chain: Chain,
  ...[records, signal]: Parameters<Chain["run"]>
): ReturnType<Chain["run"]> {
  if (chain.isEmpty || records.length === 0) return { records, failed: [] };
  const startedMs = clock.now();
  const processed = await chain.run(records, signal);
  let bytes = 0;
  for (const record of records) bytes += record.data.length;
  observer.processed(plan.name, records.length, bytes, clock.now() - startedMs);
  return processed;
}
