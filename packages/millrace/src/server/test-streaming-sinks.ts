import type { RoleAccess } from "../core/role-access.ts";
import { everyRole } from "../core/role-access.ts";
import { NoSuchBucketError } from "../kernels/objects/index.ts";
import type { SinkBlock, SinkContext } from "../kernels/streaming/connector-port.ts";
import type { TestS3 } from "../services/s3/test-s3.ts";
import type { TableDefinition } from "../sql/flink/relation.ts";
import type { FlinkType } from "../sql/flink/types.ts";
import { DeliveryObjects } from "./delivery-objects.ts";
import { StreamingObjects } from "./streaming-objects.ts";

const text: FlinkType = Object.freeze({ kind: "varchar", length: 2_147_483_647, nullable: true });

/** A table of text columns. */
export function textTable(
  columns: readonly string[],
  partitions: readonly string[],
  options: Readonly<Record<string, string>>,
): TableDefinition {
  return {
    path: ["default_catalog", "default_database", "t"],
    columns: columns.map((name) => ({ kind: "physical", field: { name, type: text } })),
    watermark: undefined,
    primaryKey: [],
    partitionKeys: partitions.map((name) => columns.indexOf(name)),
    options,
  };
}

/** Rows as they come from a worker, each with its partition. */
export function rowsBlock(
  rows: readonly (readonly [row: string, key?: string])[],
  watermark: number = Number.NEGATIVE_INFINITY,
): SinkBlock {
  const bytes = Buffer.from(rows.map(([row]) => row).join(""));
  const starts = new Uint32Array(rows.length);
  const ends = new Uint32Array(rows.length);
  let at = 0;
  for (const [index, [row]] of rows.entries()) {
    starts[index] = at;
    at += Buffer.byteLength(row);
    ends[index] = at;
  }
  const keys = rows.some(([, key]) => key !== undefined) ? rows.map(([, key = ""]) => key) : undefined;
  return { bytes: new Uint8Array(bytes), starts, ends, kinds: undefined, keys, watermark };
}

export function sinkContext(changes: Partial<SinkContext> = {}): SinkContext {
  return {
    account: "000000000000",
    region: "us-east-1",
    roleArn: "arn:aws:iam::000000000000:role/application",
    sourceArn: "arn:aws:kinesisanalytics:us-east-1:000000000000:application/counts",
    startedMs: 0,
    signal: new AbortController().signal,
    log: () => undefined,
    producer: "job/1/sink",
    subtask: 0,
    ...changes,
  };
}

export function testObjects(s3: TestS3, roles: RoleAccess = everyRole): StreamingObjects {
  const { objects, clock } = s3;
  const keys = {
    keyArn: async (): Promise<string> => {
      throw new NoSuchBucketError("no keys");
    },
    permission: () => undefined,
  };
  const target = new DeliveryObjects({ objects, clock, roles, keys });
  return new StreamingObjects(async () => ({ objects, target, keys, roles, clock }));
}

/** Keys with what their objects hold. */
export async function contentsOf(s3: TestS3, bucket: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const version of s3.objects.list(bucket, { limit: 1_000 }).items) {
    const pieces: Uint8Array[] = [];
    const bytes = await s3.objects.read(version);
    for await (const piece of bytes) pieces.push(piece);
    await bytes.close();
    found[version.key] = Buffer.concat(pieces).toString();
  }
  return found;
}
