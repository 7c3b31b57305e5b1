import type { Clock } from "../../../core/clock.ts";
import type { GraphNode } from "../engine-port.ts";
import type { PhysicalPlan } from "../plan/physical-plan.ts";
import { figuresPerNode, NodeFigures, type SubtaskOutcome } from "./round.ts";

/** What the operators of a job have counted, summed over subtasks. */
export interface NodeTotals {
  recordsIn: number;
  recordsOut: number;
  bytes: number;
  stateBytes: number;
  lateRows: number;
  watermark: number | undefined;
}

/** Figures of a job over all of its attempts: subtasks count from their start, so ended ones are kept apart. */
export class JobFigures {
  readonly #plan: PhysicalPlan;
  readonly #clock: Clock;
  #before: NodeTotals[];
  #current: readonly SubtaskOutcome[] = [];
  #cpuBefore = 0;
  #liveSinceMs: number | undefined;

  constructor(plan: PhysicalPlan, clock: Clock) {
    this.#plan = plan;
    this.#clock = clock;
    this.#before = plan.nodes.map(() => noTotals());
  }

  update(outcomes: readonly SubtaskOutcome[]): void {
    this.#current = outcomes;
  }

  live(): void {
    this.#liveSinceMs = this.#clock.now();
  }

  /** The subtasks have ended. */
  ended(): void {
    const totals = this.totals();
    for (const total of totals) total.stateBytes = 0;
    this.#cpuBefore = this.cpuSeconds();
    this.#before = totals;
    this.#current = [];
    this.#liveSinceMs = undefined;
  }

  uptimeMs(): number {
    return this.#liveSinceMs === undefined ? 0 : this.#clock.now() - this.#liveSinceMs;
  }

  cpuSeconds(): number {
    return this.#current.reduce((sum, outcome) => sum + outcome.cpuSeconds, this.#cpuBefore);
  }

  /** One for each node of the plan. */
  totals(): NodeTotals[] {
    return this.#plan.nodes.map((_, index) => {
      const total = { ...(this.#before[index] ?? noTotals()) };
      for (const { figures } of this.#current) add(total, figures, index * figuresPerNode);
      const watermarks = this.#current
        .map(({ figures }) => figures[index * figuresPerNode + NodeFigures.watermark] ?? Number.NaN)
        .filter((watermark) => !Number.isNaN(watermark));
      if (watermarks.length > 0) total.watermark = Math.min(...watermarks);
      return total;
    });
  }

  graph(): readonly GraphNode[] {
    const totals = this.totals();
    return this.#plan.nodes.map((node, index) => {
      const { recordsIn, recordsOut, stateBytes, watermark } = totals[index] ?? noTotals();
      return {
        id: node.id,
        name: node.description,
        inputs: node.inputs.map((edge) => edge.node),
        ...{ recordsIn, recordsOut, stateBytes, watermarkMs: finite(watermark) },
      };
    });
  }

  /** Sums for the job as a whole: what its sources read and its sinks were given. */
  sums(): {
    readonly recordsIn: number;
    readonly recordsOut: number;
    readonly bytesIn: number;
    readonly bytesOut: number;
    readonly lateRows: number;
    readonly stateBytes: number;
    readonly watermarkMs: number | undefined;
  } {
    const sums = { recordsIn: 0, recordsOut: 0, bytesIn: 0, bytesOut: 0, lateRows: 0, stateBytes: 0 };
    let watermarkMs: number | undefined;
    const totals = this.totals();
    for (const [index, { operator }] of this.#plan.nodes.entries()) {
      const total = totals[index] ?? noTotals();
      sums.lateRows += total.lateRows;
      sums.stateBytes += total.stateBytes;
      if (operator.kind === "source") {
        sums.recordsIn += total.recordsIn;
        sums.bytesIn += total.bytes;
      } else if (operator.kind === "sink") {
        sums.recordsOut += total.recordsIn;
        sums.bytesOut += total.bytes;
        const watermark = finite(total.watermark);
        if (watermark !== undefined) watermarkMs = Math.min(watermarkMs ?? watermark, watermark);
      }
    }
    return { ...sums, watermarkMs };
  }
}

function noTotals(): NodeTotals {
  return { recordsIn: 0, recordsOut: 0, bytes: 0, stateBytes: 0, lateRows: 0, watermark: undefined };
}

function add(total: NodeTotals, figures: Float64Array, at: number): void {
  total.recordsIn += figures[at + NodeFigures.recordsIn] ?? 0;
  total.recordsOut += figures[at + NodeFigures.recordsOut] ?? 0;
  total.bytes += figures[at + NodeFigures.bytes] ?? 0;
  total.stateBytes += figures[at + NodeFigures.stateBytes] ?? 0;
  total.lateRows += figures[at + NodeFigures.lateRows] ?? 0;
}

/** A watermark that says a time. */
function finite(watermark: number | undefined): number | undefined {
  return watermark !== undefined && Number.isFinite(watermark) ? watermark : undefined;
}
