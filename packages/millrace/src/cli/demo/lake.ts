import { setTimeout as sleep } from "node:timers/promises";
import { isAwsError } from "../aws-call/aws-caller.ts";
import { until } from "../aws-call/until.ts";
import { AdminClient } from "../connection/admin-client.ts";
import { type DemoParts, lakeFolder, patienceMs } from "./demo-parts.ts";

export interface LakeObjects {
  readonly objects: number;
  readonly bytes: number;
  /** Folders of the kind `month=2001-01`. */
  readonly partitions: number;
}

export interface LakeTable {
  readonly columns: number;
  readonly partitions: number;
}

const pollMs = 250;

/**
 * Tells Firehose to deliver what is buffered now. Its buffers are written after 5 seconds anyway, so nothing is
 * lost where that cannot be told.
 */
export async function flushDelivery({ aws, names, signal }: DemoParts): Promise<void> {
  try {
    await new AdminClient(aws.connection).post(`deliveries/${names.flights}/flush`, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    await sleep(pollMs, undefined, { signal });
  }
}

/** The objects of the folder. */
export async function listFolder({ aws, names }: DemoParts, folder: string): Promise<LakeObjects> {
  const found = { objects: 0, bytes: 0 };
  const folders = new Set<string>();
  let token: string | undefined;
  do {
    const page = await aws.call<ObjectsPage>("s3", "ListObjectsV2", {
      Bucket: names.bucket,
      Prefix: `${folder}/`,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    });
    for (const { Key, Size } of page.Contents ?? []) {
      found.objects++;
      found.bytes += Size;
      folders.add(Key.slice(0, Key.lastIndexOf("/")));
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return { ...found, partitions: folders.size };
}

interface ObjectsPage {
  readonly Contents?: readonly { readonly Key: string; readonly Size: number }[];
  readonly NextContinuationToken?: string;
}

/** Lets a crawler find out what the lake has. */
export async function crawl(parts: DemoParts): Promise<LakeTable> {
  const { aws, names, roleArn, signal } = parts;
  try {
    await aws.call("glue", "CreateCrawler", {
      Name: names.crawler,
      Role: roleArn,
      DatabaseName: names.database,
      Targets: { S3Targets: [{ Path: `s3://${names.bucket}/${lakeFolder}/` }] },
    });
  } catch (error) {
    if (!isAwsError(error, "AlreadyExistsException")) throw error;
  }
  await aws.call("glue", "StartCrawler", { Name: names.crawler });
  await until(
    async () => {
      const { Crawler } = await aws.call<{ readonly Crawler: { readonly State: string } }>(
        "glue",
        "GetCrawler",
        {
          Name: names.crawler,
        },
      );
      return Crawler.State === "READY" ? Crawler : undefined;
    },
    { what: `the crawler ${names.crawler} is READY`, timeoutMs: patienceMs, signal },
  );
  const { Table } = await aws.call<{ readonly Table: CrawledTable }>("glue", "GetTable", {
    DatabaseName: names.database,
    Name: lakeFolder,
  });
  const { Partitions } = await aws.call<{ readonly Partitions: readonly unknown[] }>(
    "glue",
    "GetPartitions",
    {
      DatabaseName: names.database,
      TableName: lakeFolder,
    },
  );
  return { columns: Table.StorageDescriptor.Columns.length, partitions: Partitions.length };
}

interface CrawledTable {
  readonly StorageDescriptor: { readonly Columns: readonly unknown[] };
}
