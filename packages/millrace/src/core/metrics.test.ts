import { describe, expect, it } from "vitest";
import { MetricRegistry } from "./metrics.ts";

describe("MetricRegistry", () => {
  it("writes counters by their labels", () => {
    const registry = new MetricRegistry();
    const requests = registry.counter("requests_total", "Requests.", ["service", "code"]);
    requests.with("kinesis", "OK").add(1);
    requests.with("kinesis", "OK").add(2);
    requests.with('we"ird\\\n', "OK").add(1);
    expect(registry.text()).toBe(
      "# HELP requests_total Requests.\n# TYPE requests_total counter\n" +
        'requests_total{service="kinesis",code="OK"} 3\n' +
        'requests_total{service="we\\"ird\\\\\\n",code="OK"} 1\n',
    );
  });

  it("asks gauges when it is scraped", () => {
    const registry = new MetricRegistry();
    let value = 1;
    registry.gauge("in_flight", "Requests in flight.", () => value);
    expect(registry.text()).toContain("\nin_flight 1\n");
    value = 2;
    expect(registry.text()).toContain("\nin_flight 2\n");
  });

  it("counts histogram buckets upwards, bounds included", () => {
    const registry = new MetricRegistry();
    const seconds = registry.histogram("seconds", "Time.", ["service"], [0.1, 1]).with("s3");
    for (const value of [0.05, 0.1, 0.5, 7]) seconds.observe(value);
    expect(registry.text().split("\n").slice(2)).toEqual([
      'seconds_bucket{service="s3",le="0.1"} 2',
      'seconds_bucket{service="s3",le="1"} 3',
      'seconds_bucket{service="s3",le="+Inf"} 4',
      'seconds_sum{service="s3"} 7.65',
      'seconds_count{service="s3"} 4',
      "",
    ]);
  });
});
