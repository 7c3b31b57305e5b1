import type { Histogram, MetricFamily, MetricRegistry, Series } from "../core/metrics.ts";

const secondsBounds = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const;

/** Counters of the gateway. */
export class GatewayMeter {
  readonly #requests: MetricFamily<Series>;
  readonly #seconds: MetricFamily<Histogram>;
  #inFlight = 0;

  constructor(registry: MetricRegistry) {
    this.#requests = registry.counter(
      "millrace_requests_total",
      "Requests answered, by service, operation and error code (OK when there was none).",
      ["service", "operation", "code"],
    );
    this.#seconds = registry.histogram(
      "millrace_request_seconds",
      "Time from the headers of a request to the end of its answer.",
      ["service"],
      secondsBounds,
    );
    registry.gauge(
      "millrace_requests_in_flight",
      "Requests that are not answered yet.",
      () => this.#inFlight,
    );
  }

  started(): void {
    this.#inFlight++;
  }

  ended(service: string, operation: string, code: string, durationMs: number): void {
    this.#inFlight--;
    this.#requests.with(service, operation, code).add(1);
    this.#seconds.with(service).observe(durationMs / 1000);
  }
}
