/** One value of the text format of Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const line = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const label = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads `GET /_millrace/metrics`; lines that are no samples are passed over. */
export function readSamples(text: string): readonly Sample[] {
  const samples: Sample[] = [];
  for (const row of text.split("\n")) {
    const [, name, labels = "", value = ""] = line.exec(row) ?? [];
    if (name !== undefined) samples.push({ name, labels: labelsOf(labels), value: Number(value) });
  }
  return samples;
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(label))
    labels[name] = value.replaceAll('\\"', '"').replaceAll("\\n", "\n").replaceAll("\\\\", "\\");
  return labels;
}

/** The sum of a metric's samples, for each value of a label. */
export function sumBy(
  samples: readonly Sample[],
  name: string,
  by: string,
  fits: (labels: Sample["labels"]) => boolean = () => true,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const sample of samples) {
    if (sample.name !== name || !fits(sample.labels)) continue;
    const key = sample.labels[by] ?? "";
    sums.set(key, (sums.get(key) ?? 0) + sample.value);
  }
  return sums;
}

export function gaugeOf(samples: readonly Sample[], name: string): number | undefined {
  return samples.find((sample) => sample.name === name)?.value;
}

/**
 * The value that this share of the observations between two readings stayed below, from a histogram's buckets;
 * undefined when there were none.
 */
export function quantileBetween(
  before: readonly Sample[],
  after: readonly Sample[],
  name: string,
  share: number,
): number | undefined {
  const earlier = sumBy(before, `${name}_bucket`, "le");
  const grown = [...sumBy(after, `${name}_bucket`, "le")]
    .map(([bound, count]) => ({
      bound: Number(bound.replace("+Inf", "Infinity")),
      count: count - (earlier.get(bound) ?? 0),
    }))
    .sort((a, b) => a.bound - b.bound);
  const total = grown.at(-1)?.count ?? 0;
  if (total <= 0) return undefined;
  let below = { bound: 0, count: 0 };
  for (const bucket of grown) {
    if (bucket.count >= total * share) {
      if (!Number.isFinite(bucket.bound)) return below.bound;
      const within = (total * share - below.count) / Math.max(1, bucket.count - below.count);
      return below.bound + (bucket.bound - below.bound) * within;
    }
    below = bucket;
  }
  return below.bound;
}
