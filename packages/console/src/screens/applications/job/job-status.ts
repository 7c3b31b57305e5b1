/** What the address behind a running application's dashboard answers. */
export interface JobStatus {
  readonly nowMs: number;
  readonly application: {
    readonly status: string;
    readonly runtime: string;
    readonly version: number;
    readonly currentParallelism: number;
    readonly kpus: number;
  };
  readonly metrics: JobMetrics | null;
  readonly graph: readonly JobNode[];
  readonly log: readonly LogLine[];
}

export interface JobMetrics {
  readonly recordsIn: number;
  readonly recordsOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly lateRows: number;
  readonly watermarkMs?: number;
  readonly lagMs?: number;
  readonly stateBytes: number;
  readonly checkpoints: {
    readonly completed: number;
    readonly failed: number;
    readonly lastDurationMs?: number;
    readonly lastPauseMs?: number;
    readonly lastBytes?: number;
    readonly lastCompletedMs?: number;
  };
  readonly restarts: number;
  readonly uptimeMs: number;
  readonly cpuSeconds: number;
}

export interface JobNode {
  readonly id: number;
  readonly name: string;
  readonly inputs: readonly number[];
  readonly recordsIn: number;
  readonly recordsOut: number;
  readonly stateBytes: number;
  readonly watermarkMs?: number;
}

export interface LogLine {
  readonly timeMs: number;
  readonly level: string;
  readonly logger: string;
  readonly message: string;
}

export interface Rates {
  readonly inPerSecond: number;
  readonly outPerSecond: number;
  /** Share of one processor. */
  readonly cpu: number;
  readonly nodes: ReadonlyMap<number, { readonly inPerSecond: number; readonly outPerSecond: number }>;
}

/** What happened between two looks; undefined when they are not of the same run of the job. */
export function ratesBetween(before: JobStatus | undefined, now: JobStatus): Rates | undefined {
  const seconds = before === undefined ? 0 : (now.nowMs - before.nowMs) / 1_000;
  if (before?.metrics == null || now.metrics === null || seconds <= 0) return undefined;
  // A restart begins to count anew.
  if (now.metrics.uptimeMs < before.metrics.uptimeMs) return undefined;
  const per = (later: number, earlier: number): number => Math.max(0, (later - earlier) / seconds);
  const earlier = new Map(before.graph.map((node) => [node.id, node]));
  const nodes = now.graph.map((node) => {
    const known = earlier.get(node.id);
    const rates = {
      inPerSecond: per(node.recordsIn, known?.recordsIn ?? node.recordsIn),
      outPerSecond: per(node.recordsOut, known?.recordsOut ?? node.recordsOut),
    };
    return [node.id, rates] as const;
  });
  return {
    inPerSecond: per(now.metrics.recordsIn, before.metrics.recordsIn),
    outPerSecond: per(now.metrics.recordsOut, before.metrics.recordsOut),
    cpu: per(now.metrics.cpuSeconds, before.metrics.cpuSeconds),
    nodes: new Map(nodes),
  };
}

/** One point of the charts. */
export interface JobSample {
  readonly atMs: number;
  readonly inPerSecond: number;
  readonly outPerSecond: number;
  readonly lagMs: number | null;
  readonly stateBytes: number;
}

const maxSamples = 300;

/** The charts' points with one more. */
export function withSample(
  samples: readonly JobSample[],
  status: JobStatus,
  rates: Rates | undefined,
): readonly JobSample[] {
  if (status.metrics === null || rates === undefined) return samples;
  const sample: JobSample = {
    atMs: status.nowMs,
    inPerSecond: rates.inPerSecond,
    outPerSecond: rates.outPerSecond,
    lagMs: status.metrics.lagMs ?? null,
    stateBytes: status.metrics.stateBytes,
  };
  return [...samples, sample].slice(-maxSamples);
}

/** `WindowAggregate(groupBy=[a], ...)` is what an operator does and how. */
export function nodeTitle(name: string): { readonly title: string; readonly details: string } {
  const at = name.indexOf("(");
  if (at < 0) return { title: name, details: "" };
  const inner = name.slice(at + 1, name.endsWith(")") ? -1 : undefined);
  const table = /table=\[+([^\]]*)\]+/
    .exec(inner)?.[1]
    ?.replace(/^default_catalog[., ]+default_database[., ]+/, "");
  const details = inner.replace(/(?:, )?changelogMode=\[[^\]]*\]/, "");
  return { title: name.slice(0, at), details: table === undefined ? details : table };
}

/** Changes that a print table has shown: `+I[ZRH, 5]`. */
export function isPrinted({ message }: LogLine): boolean {
  return /^(?:\S+> )?[+-][IUD]\[/.test(message);
}
