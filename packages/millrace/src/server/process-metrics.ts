import type { MetricRegistry } from "../core/metrics.ts";

/** The process's own figures, under the names that Prometheus dashboards expect. */
export function addProcessMetrics(registry: MetricRegistry, startedMs: number): void {
  registry.gauge(
    "process_start_time_seconds",
    "Start of the process, seconds since the epoch.",
    () => startedMs / 1000,
  );
  registry.gauge("process_resident_memory_bytes", "Resident memory.", () => process.memoryUsage.rss());
  registry.gauge("process_cpu_seconds_total", "CPU time, user and system.", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  registry.gauge(
    "nodejs_heap_size_used_bytes",
    "JavaScript heap in use.",
    () => process.memoryUsage().heapUsed,
  );
  registry.gauge(
    "nodejs_external_memory_bytes",
    "Memory of buffers.",
    () => process.memoryUsage().arrayBuffers,
  );
}
