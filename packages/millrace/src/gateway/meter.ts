import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** Counters of the gateway for Prometheus. */
export class GatewayMeter {
  readonly #requests: Counter<"service" | "operation" | "code">;
  readonly #seconds: Histogram<"service">;
  readonly #inFlight: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#requests = new Counter({
      name: "millrace_requests_total",
      help: "Requests answered, by service, operation and error code (OK when there was none).",
      labelNames: ["service", "operation", "code"],
      registers,
    });
    this.#seconds = new Histogram({
      name: "millrace_request_seconds",
      help: "Time from the headers of a request to the end of its answer.",
      labelNames: ["service"],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.#inFlight = new Gauge({
      name: "millrace_requests_in_flight",
      help: "Requests that are not answered yet.",
      registers,
    });
  }

  started(): void {
    this.#inFlight.inc();
  }

  ended(service: string, operation: string, code: string, durationMs: number): void {
    this.#inFlight.dec();
    this.#requests.inc({ service, operation, code });
    this.#seconds.observe({ service }, durationMs / 1000);
  }
}
