import type { Clock, Timer } from "../../../core/clock.ts";
import type { MetricSink } from "../../../core/telemetry.ts";
import type { Job } from "../../../kernels/streaming/engine-port.ts";
import type { Application } from "../applications/application.ts";
import type { ApplicationTable } from "../applications/application-table.ts";
import { isFlink } from "../applications/document.ts";
import { limits } from "../limits.ts";
import type { JobHost } from "./job-host.ts";
import { figuresOf, operatorFigures, publish, type Seen, utilization } from "./metric-set.ts";
import { Scaling } from "./scaling.ts";

/** As often as AWS publishes. */
const intervalMs = 60_000;

interface Parts {
  readonly clock: Clock;
  readonly table: ApplicationTable;
  readonly jobs: JobHost;
  readonly metrics: MetricSink;
  readonly maxWorkers: number;
  /** Restarts the job with another parallelism. */
  readonly scale: (application: Application, parallelism: number) => void;
}

interface Observed {
  job: Job;
  seen: Seen | undefined;
  readonly scaling: Scaling;
}

/** Looks at all running jobs each minute: publishes their metrics, and scales them. */
export class JobObserver {
  readonly #parts: Parts;
  readonly #observed = new Map<Application, Observed>();
  #timer: Timer | undefined;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Something may be running now; the timer runs while anything does. */
  start(): void {
    if (this.#closed || this.#timer !== undefined) return;
    this.#timer = this.#parts.clock.after(intervalMs, () => {
      this.#timer = undefined;
      this.observe();
      if (this.#observed.size > 0) this.start();
    });
  }

  observe(): void {
    const { table, jobs } = this.#parts;
    for (const application of this.#observed.keys())
      if (!table.has(application) || jobs.job(application) === undefined) this.#observed.delete(application);
    for (const application of table.all()) {
      if (application.status !== "RUNNING" && application.status !== "AUTOSCALING") continue;
      const job = jobs.job(application);
      if (job !== undefined) this.#look(application, job);
      // It is being started: the next minute knows more.
      else if (!this.#observed.has(application)) this.start();
    }
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #look(application: Application, job: Job): void {
    const { clock, metrics, maxWorkers } = this.#parts;
    let observed = this.#observed.get(application);
    if (observed === undefined) {
      observed = { job, seen: undefined, scaling: new Scaling() };
      this.#observed.set(application, observed);
    }
    if (observed.job !== job) {
      observed.job = job;
      observed.seen = undefined;
      observed.scaling.reset();
    }
    const nowMs = clock.now();
    const nodes = new Map(job.graph().map((node) => [node.id, node]));
    const seen: Seen = { atMs: nowMs, metrics: job.metrics(), nodes };
    const before = observed.seen;
    observed.seen = seen;
    const { current, currentParallelism } = application.document;
    const flink = current.configuration.FlinkApplicationConfigurationDescription;
    const perKpu = flink?.ParallelismConfigurationDescription?.ParallelismPerKPU ?? 1;
    const workers = Math.min(currentParallelism, maxWorkers);
    const size = { kpus: Math.ceil(currentParallelism / perKpu), parallelism: workers };
    publish(metrics, application, figuresOf(seen, before, size), nowMs);
    const level = flink?.MonitoringConfigurationDescription?.MetricsLevel ?? "APPLICATION";
    if (level !== "APPLICATION") publish(metrics, application, operatorFigures(seen, before), nowMs);
    if (before === undefined || application.status !== "RUNNING" || !isFlink(current.runtime)) return;
    const { AutoScalingEnabled, Parallelism = 1 } = flink?.ParallelismConfigurationDescription ?? {};
    if (AutoScalingEnabled !== true) return;
    const most = Math.max(Parallelism, Math.min(limits.kpus * perKpu, maxWorkers));
    const load = utilization(seen, before, workers);
    const wanted = observed.scaling.observe(load, nowMs, currentParallelism, { least: Parallelism, most });
    if (wanted !== undefined) this.#parts.scale(application, wanted);
  }
}
