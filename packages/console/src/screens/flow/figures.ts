import { bytesText, countText, durationText, rateText } from "../../ui/format.ts";
import type { TopologyEdge, TopologyNode } from "./topology.ts";

/** The one thing to know of a node, and what goes with it. */
export function headline({ kind, figures }: TopologyNode): readonly [main: string, more: string] {
  const figure = (name: string): number => figures[name] ?? 0;
  switch (kind) {
    case "bucket": {
      const written = figure("objectsLastMinute");
      return written === 0
        ? ["quiet", ""]
        : [`${countText(written)} objects`, `${bytesText(figure("bytesLastMinute"))} /min`];
    }
    case "table":
      return [`${figure("columns")} columns`, partitionsText(figure("partitionKeys"))];
    case "cluster":
      return [`${figure("slices")} slices`, bytesText(figure("usedBytes"))];
    case "endpoint":
      return ["", ""];
    case "stream":
      return figure("recordsPerSecond") === 0
        ? [recordsText(figure("records")), figure("records") === 0 ? "" : "kept, quiet now"]
        : rates(figure("recordsPerSecond"), figure("bytesPerSecond"), "rec");
    case "application":
      return figure("recordsPerSecond") === 0
        ? ["", ""]
        : rates(figure("recordsPerSecond"), figure("bytesPerSecond"), "rec");
    default: {
      if (figures["objectsPerSecond"] !== undefined && figures["recordsPerSecond"] === undefined)
        return rates(figure("objectsPerSecond"), figure("bytesPerSecond"), "obj");
      return rates(figure("recordsPerSecond"), figure("bytesPerSecond"), "rec");
    }
  }
}

function rates(perSecond: number, bytesPerSecond: number, unit: string): readonly [string, string] {
  return perSecond === 0
    ? ["quiet", ""]
    : [`${rateText(perSecond)} ${unit}/s`, `${bytesText(bytesPerSecond)}/s`];
}

function recordsText(records: number): string {
  return records === 0 ? "no records" : records === 1 ? "1 record" : `${countText(records)} records`;
}

function partitionsText(keys: number): string {
  return keys === 0 ? "" : keys === 1 ? "1 partition key" : `${keys} partition keys`;
}

/** What an edge carries: `1,204 rec/s`, `2.1 MiB/s`. Nothing when nothing goes over it. */
export function edgeRates({ recordsPerSecond, bytesPerSecond, unit }: TopologyEdge): readonly string[] {
  if (recordsPerSecond === 0) return [];
  const what = unit === "records" ? "rec" : unit === "objects" ? "obj" : "queries";
  const amount = `${rateText(recordsPerSecond)} ${what}/s`;
  return bytesPerSecond === 0 ? [amount] : [amount, `${bytesText(bytesPerSecond)}/s`];
}

/** What is wrong with an edge, or nearly. */
export function edgeTrouble({
  lagMs = 0,
  behindRecords = 0,
  errorsPerMinute = 0,
}: TopologyEdge): string | undefined {
  if (errorsPerMinute > 0) return `${countText(errorsPerMinute)} errors/min`;
  if (behindRecords === 0 || lagMs < 1_000) return undefined;
  return `${durationText(lagMs)} behind`;
}

interface Shown {
  readonly label: string;
  readonly text: (value: number) => string;
}

/** Figures in words, in the order in which the panel shows them. */
const shown: readonly (readonly [name: string, shown: Shown])[] = [
  ["shards", { label: "Shards", text: countText }],
  ["recordsPerSecond", { label: "Records in", text: (value) => `${rateText(value)} /s` }],
  ["bytesPerSecond", { label: "Bytes in", text: (value) => `${bytesText(value)}/s` }],
  ["objectsPerSecond", { label: "Objects", text: (value) => `${rateText(value)} /s` }],
  ["outRecordsPerSecond", { label: "Records out", text: (value) => `${rateText(value)} /s` }],
  ["outBytesPerSecond", { label: "Bytes out", text: (value) => `${bytesText(value)}/s` }],
  ["records", { label: "Records kept", text: countText }],
  ["lagMs", { label: "Lag", text: durationText }],
  ["behindRecords", { label: "Records behind", text: countText }],
  ["backlogRecords", { label: "Waiting for delivery", text: (value) => `${countText(value)} records` }],
  ["backlogBytes", { label: "Waiting, bytes", text: bytesText }],
  ["errorsPerMinute", { label: "Errors in a minute", text: countText }],
  ["objectsLastMinute", { label: "Objects written in a minute", text: countText }],
  ["bytesLastMinute", { label: "Bytes written in a minute", text: bytesText }],
  ["columns", { label: "Columns", text: countText }],
  ["partitionKeys", { label: "Partition keys", text: countText }],
  ["version", { label: "Version", text: countText }],
  ["nodes", { label: "Nodes", text: countText }],
  ["slices", { label: "Slices", text: countText }],
  ["usedBytes", { label: "On disk", text: bytesText }],
];

export function figureRows({ figures, kind }: TopologyNode): readonly (readonly [string, string])[] {
  return shown.flatMap(([name, { label, text }]) => {
    const value = figures[name];
    if (value === undefined || (name === "errorsPerMinute" && value === 0)) return [];
    // A program puts or reads: there is no in and out.
    const plain = kind === "producer" || kind === "consumer" ? label.replace(/ (?:in|out)$/, "") : label;
    return [[plain, text(value)] as const];
  });
}
