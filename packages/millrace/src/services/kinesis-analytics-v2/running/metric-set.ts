import type { MetricSink } from "../../../core/telemetry.ts";
import type { GraphNode, JobMetrics } from "../../../kernels/streaming/engine-port.ts";
import type { Application } from "../applications/application.ts";

const namespace = "AWS/KinesisAnalytics";

/** Counters of a job when it was looked at last, to make rates of them. */
export interface Seen {
  readonly atMs: number;
  readonly metrics: JobMetrics;
  readonly nodes: ReadonlyMap<number, GraphNode>;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** Undefined for the application as a whole. */
  readonly operator?: string;
}

/** What is published of a running application each minute; nothing of what is not known yet. */
export function figuresOf(
  now: Seen,
  before: Seen | undefined,
  { kpus, parallelism }: { readonly kpus: number; readonly parallelism: number },
): readonly Figure[] {
  const { metrics } = now;
  const { checkpoints } = metrics;
  const seconds = before === undefined ? 0 : (now.atMs - before.atMs) / 1_000;
  const figures: Figure[] = [
    { name: "KPUs", unit: "Count", value: kpus },
    { name: "uptime", unit: "Milliseconds", value: metrics.uptimeMs },
    { name: "downtime", unit: "Milliseconds", value: 0 },
    { name: "fullRestarts", unit: "Count", value: metrics.restarts },
    { name: "numRestarts", unit: "Count", value: metrics.restarts },
    { name: "numberOfFailedCheckpoints", unit: "Count", value: checkpoints.failed },
    { name: "numRecordsIn", unit: "Count", value: metrics.recordsIn },
    { name: "numRecordsOut", unit: "Count", value: metrics.recordsOut },
    { name: "numLateRecordsDropped", unit: "Count", value: metrics.lateRows },
    { name: "managedMemoryUsed", unit: "Bytes", value: metrics.stateBytes },
  ];
  const add = (name: string, unit: string, value: number | undefined): void => {
    if (value !== undefined) figures.push({ name, unit, value });
  };
  add("currentInputWatermark", "Milliseconds", metrics.watermarkMs);
  add("currentOutputWatermark", "Milliseconds", metrics.watermarkMs);
  add("millisBehindLatest", "Milliseconds", metrics.lagMs);
  add("lastCheckpointDuration", "Milliseconds", checkpoints.lastDurationMs);
  add("lastCheckpointSize", "Bytes", checkpoints.lastBytes);
  if (before !== undefined && seconds > 0) {
    const rate = (value: number, old: number): number => Math.max(0, value - old) / seconds;
    add("numRecordsInPerSecond", "Count/Second", rate(metrics.recordsIn, before.metrics.recordsIn));
    add("numRecordsOutPerSecond", "Count/Second", rate(metrics.recordsOut, before.metrics.recordsOut));
    add("cpuUtilization", "Percent", utilization(now, before, parallelism));
  }
  return figures;
}

/** The same for each operator, for applications whose metrics level asks for it. */
export function operatorFigures(now: Seen, before: Seen | undefined): readonly Figure[] {
  const figures: Figure[] = [];
  const seconds = before === undefined ? 0 : (now.atMs - before.atMs) / 1_000;
  for (const node of now.nodes.values()) {
    const operator = node.name;
    figures.push({ name: "numRecordsIn", unit: "Count", value: node.recordsIn, operator });
    figures.push({ name: "numRecordsOut", unit: "Count", value: node.recordsOut, operator });
    if (node.watermarkMs !== undefined)
      figures.push({
        name: "currentInputWatermark",
        unit: "Milliseconds",
        value: node.watermarkMs,
        operator,
      });
    const old = before?.nodes.get(node.id);
    if (old === undefined || seconds <= 0) continue;
    const value = Math.max(0, node.recordsIn - old.recordsIn) / seconds;
    figures.push({ name: "numRecordsInPerSecond", unit: "Count/Second", value, operator });
  }
  return figures;
}

/** Of the threads that the job has, in percent. */
export function utilization(now: Seen, before: Seen, parallelism: number): number {
  const elapsedMs = now.atMs - before.atMs;
  if (elapsedMs <= 0) return 0;
  const used = Math.max(0, now.metrics.cpuSeconds - before.metrics.cpuSeconds);
  return Math.min(100, (100_000 * used) / elapsedMs / Math.max(1, parallelism));
}

export function publish(
  sink: MetricSink,
  application: Application,
  figures: readonly Figure[],
  timeMs: number,
): void {
  const { account, region, name: Application } = application.document;
  for (const { name, unit, value, operator } of figures) {
    const dimensions = operator === undefined ? { Application } : { Application, Operator: operator };
    sink.record({ account, region, namespace, name, unit, value, timeMs, dimensions });
  }
}
