import { expect, it } from "vitest";
import { gaugeOf, quantileBetween, readSamples, sumBy } from "./prometheus.ts";

const text = `# HELP calls Calls.
# TYPE calls counter
calls{service="kinesis",code="OK"} 10
calls{service="kinesis",code="X\\"}\\\\ \\n"} 2
calls{service="s3",code="OK"} 1
up 1
tiny 1e-7
`;

it("reads names, labels and values", () => {
  const samples = readSamples(text);
  expect(samples).toHaveLength(5);
  expect(samples[1]?.labels).toEqual({ service: "kinesis", code: 'X"}\\ \n' });
  expect(gaugeOf(samples, "up")).toBe(1);
  expect(gaugeOf(samples, "tiny")).toBe(1e-7);
  expect(gaugeOf(samples, "none")).toBeUndefined();
  expect(sumBy(samples, "calls", "service")).toEqual(
    new Map([
      ["kinesis", 12],
      ["s3", 1],
    ]),
  );
  expect(sumBy(samples, "calls", "service", ({ code }) => code !== "OK")).toEqual(new Map([["kinesis", 2]]));
});

it("passes over what is no sample", () => {
  expect(readSamples("# nothing\n\nbroken{ 1\n<html>\n")).toEqual([]);
});

it("finds quantiles of what came between two readings", () => {
  const reading = (a: number, b: number, c: number): ReturnType<typeof readSamples> =>
    readSamples(`t_bucket{le="0.1"} ${a}\nt_bucket{le="0.5"} ${b}\nt_bucket{le="+Inf"} ${c}\n`);
  expect(quantileBetween(reading(0, 0, 0), reading(10, 20, 20), "t", 0.5)).toBeCloseTo(0.1);
  expect(quantileBetween(reading(0, 0, 0), reading(0, 10, 10), "t", 0.5)).toBeCloseTo(0.3);
  expect(quantileBetween(reading(5, 5, 5), reading(5, 5, 6), "t", 0.99)).toBe(0.5);
  expect(quantileBetween(reading(5, 5, 5), reading(5, 5, 5), "t", 0.5)).toBeUndefined();
});
