import type { RoleAccess } from "../core/role-access.ts";
import { StreamSourceError } from "../kernels/delivery/index.ts";
import { type KinesisState, KinesisStreamSource } from "../services/kinesis/index.ts";
import {
  analyticsService,
  ObjectReadError,
  type Reader,
  type ReadFailure,
  type SampledRecord,
  type StreamSampler,
} from "../services/kinesis-analytics-v2/index.ts";

const maxBytes = 1_048_576;

/** Looks into data streams of this Millrace, in the name of a role. */
export class AnalyticsStreams implements StreamSampler {
  readonly #streams: () => Promise<KinesisState>;
  readonly #roles: RoleAccess;

  constructor(streams: () => Promise<KinesisState>, roles: RoleAccess) {
    this.#streams = streams;
    this.#roles = roles;
  }

  async sample(
    streamArn: string,
    { roleArn, sourceArn }: Reader,
    from: "TRIM_HORIZON" | { readonly atMs: number },
    maxRecords: number,
  ): Promise<readonly SampledRecord[]> {
    const reader = { roleArn, sourceArn, service: analyticsService };
    const source = new KinesisStreamSource(await this.#streams(), streamArn, reader, this.#roles);
    const position = from === "TRIM_HORIZON" ? ({ kind: "oldest" } as const) : timePosition(from.atMs);
    const found: SampledRecord[] = [];
    try {
      for (const { id } of source.shards()) {
        if (found.length >= maxRecords) break;
        const { records } = await source.read(id, position, {
          maxRecords: maxRecords - found.length,
          maxBytes,
        });
        for (const { data, sequenceNumber, partitionKey, arrivalTimeMs } of records)
          found.push({ data, sequenceNumber, partitionKey, shardId: id, arrivalMs: arrivalTimeMs });
      }
    } catch (error) {
      if (!(error instanceof StreamSourceError)) throw error;
      throw new ObjectReadError(error.message, { cause: error, failure: failureOf(error.code) });
    }
    return found;
  }
}

function failureOf(code: string): ReadFailure {
  if (code === "Kinesis.ProvisionedThroughputExceededException") return "throttled";
  return code === "Kinesis.InternalFailure" || code === "Kinesis.ServiceUnavailable"
    ? "unavailable"
    : "refused";
}

const timePosition = (timeMs: number): { readonly kind: "time"; readonly timeMs: number } => ({
  kind: "time",
  timeMs,
});
