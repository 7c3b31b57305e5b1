import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { messageOf } from "../../core/errors.ts";
import { AwsCallError, type AwsCaller } from "../aws-call/aws-caller.ts";
import { s3Client } from "../aws-call/s3-client.ts";
import { CommandError, usageError } from "../command-error.ts";
import { batchesOf, type OutgoingRecord } from "../put/batches.ts";
import { linesOf } from "../put/lines.ts";
import { keysByJq, type PartitionKeys, randomKeys } from "../put/partition-keys.ts";
import { findTarget, putPatiently } from "../put/record-target.ts";
import { attributeValue } from "./attribute-value.ts";
import { createCatalog, createDeliveryStream, createStream, createTable } from "./create-resources.ts";
import type { BucketSeed, CallSeed, RecordsSeed, SeedDocument, StreamSeed, TableSeed } from "./document.ts";
import { runSql } from "./run-sql.ts";
import { isThere, type SeedParts } from "./seed-parts.ts";

const retries = 10;
/** AWS takes this many in one BatchWriteItem. */
const batchItems = 25;

/** Makes what a document says: first what holds data, then the data, then calls and SQL, which may need both. */
export async function applyDocument(document: SeedDocument, parts: SeedParts): Promise<void> {
  for (const bucket of document.buckets) await createBucket(bucket, parts);
  const fresh: StreamSeed[] = [];
  for (const stream of document.streams) if (await createStream(stream, parts)) fresh.push(stream);
  for (const table of document.tables) await createTable(table, parts);
  for (const database of document.databases) await createCatalog(database, parts);
  // Before the records: a delivery stream reads what comes after it.
  for (const delivery of document.deliveryStreams) await createDeliveryStream(delivery, parts);
  for (const bucket of document.buckets) await putObjects(bucket, parts);
  for (const stream of fresh) await putRecords(stream, parts);
  for (const table of document.tables) await putItems(table, parts);
  for (const call of document.calls) await makeCall(call, parts);
  for (const statement of document.sql) await runSql(await sqlOf(statement, parts), undefined, parts);
}

async function createBucket({ name }: BucketSeed, { aws, say }: SeedParts): Promise<void> {
  try {
    await aws.call("s3", "HeadBucket", { Bucket: name });
    say(`bucket ${name}`, "is there");
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.status !== 404) throw error;
    await aws.call("s3", "CreateBucket", { Bucket: name });
    say(`bucket ${name}`, "created");
  }
}

async function putObjects({ name, objects }: BucketSeed, { aws, say, folder }: SeedParts): Promise<void> {
  if (objects.length === 0) return;
  const { client, PutObjectCommand } = await s3Client(aws.connection);
  try {
    for (const { key, body } of objects) {
      const Body = "text" in body ? body.text : await fileBytes(resolve(folder, body.file));
      await client.send(new PutObjectCommand({ Bucket: name, Key: key, Body }));
      say(`object s3://${name}/${key}`, "put");
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`An object of ${name} could not be put: ${messageOf(error)}.`, undefined, {
      cause: error,
    });
  } finally {
    client.destroy();
  }
}

/** Into a new stream only: a second run would put them twice. */
async function putRecords(stream: StreamSeed, parts: SeedParts): Promise<void> {
  const { aws, io, say, folder, signal } = parts;
  const target = await findTarget(aws, stream.name, "stream");
  const keys = stream.key === undefined ? randomKeys() : await keysByJq(stream.key);
  const amount = await amountOf(stream.records, folder);
  const progress = await io.progress({ label: `stream ${stream.name}`, ...amount });
  let [count, bytes] = [0, 0];
  try {
    for await (const batch of batchesOf(keyed(recordsOf(stream.records, folder), keys), target.limits)) {
      const refused = await putPatiently(target, batch, retries, signal);
      signal.throwIfAborted();
      if (refused.records.length > 0)
        throw new CommandError(
          `${refused.records.length} records of ${stream.name} were refused: ${refused.reason}.`,
        );
      count += batch.length;
      for (const { data } of batch) bytes += data.length + 1;
      progress.update(amount.unit === "bytes" ? bytes : count);
    }
  } finally {
    progress.stop();
    await keys.close();
  }
  if (count > 0)
    say(
      `stream ${stream.name}`,
      `${count.toLocaleString("en-US")} ${count === 1 ? "record" : "records"} put`,
    );
}

/** How much there is to put: of a file, nobody knows how many lines it has. */
async function amountOf(
  records: RecordsSeed,
  folder: string,
): Promise<{ readonly unit: "bytes" | "records"; readonly total: number }> {
  if (!("file" in records)) return { unit: "records", total: records.length };
  const path = resolve(folder, records.file);
  const { size } = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return { unit: "bytes", total: size };
}

async function* recordsOf(records: RecordsSeed, folder: string): AsyncGenerator<Uint8Array> {
  if ("file" in records) {
    const path = resolve(folder, records.file);
    try {
      yield* linesOf(createReadStream(path));
    } catch (error) {
      throw unreadable(path, error);
    }
    return;
  }
  for (const record of records)
    yield Buffer.from(typeof record === "string" ? record : JSON.stringify(record));
}

async function* keyed(
  records: AsyncIterable<Uint8Array>,
  keys: PartitionKeys,
): AsyncGenerator<OutgoingRecord> {
  for await (const data of records) yield { partitionKey: (await keys.of([data]))[0] ?? "", data };
}

async function putItems({ name, items }: TableSeed, { aws, io, say }: SeedParts): Promise<void> {
  if (items.length === 0) return;
  const progress = await io.progress({ label: `table ${name}`, unit: "items", total: items.length });
  try {
    for (let start = 0; start < items.length; start += batchItems) {
      await putBatch(name, items.slice(start, start + batchItems), aws);
      progress.update(Math.min(start + batchItems, items.length));
    }
  } finally {
    progress.stop();
  }
  say(`table ${name}`, `${items.length} ${items.length === 1 ? "item" : "items"} put`);
}

async function putBatch(table: string, items: TableSeed["items"], aws: AwsCaller): Promise<void> {
  let requests: readonly unknown[] = items.map((item) => ({
    PutRequest: {
      Item: Object.fromEntries(Object.entries(item).map(([key, value]) => [key, attributeValue(value)])),
    },
  }));
  for (let attempt = 0; requests.length > 0; attempt++) {
    if (attempt > retries)
      throw new CommandError(`${requests.length} items of ${table} were refused. Try again.`);
    const { UnprocessedItems = {} } = await aws.call<{
      readonly UnprocessedItems?: Readonly<Record<string, readonly unknown[]>>;
    }>("dynamodb", "BatchWriteItem", { RequestItems: { [table]: requests } });
    requests = UnprocessedItems[table] ?? [];
  }
}

async function makeCall(
  { service, operation, input, path }: CallSeed,
  { aws, say }: SeedParts,
): Promise<void> {
  try {
    await aws.call(service, operation, input);
    say(`${service} ${operation}`, "done");
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    if (!isThere(error.code))
      throw new CommandError(`${path}: ${error.message}`, undefined, { cause: error });
    say(`${service} ${operation}`, "is there");
  }
}

async function sqlOf(statement: string, { folder }: SeedParts): Promise<string> {
  return statement.startsWith("@")
    ? (await fileBytes(resolve(folder, statement.slice(1)))).toString("utf8")
    : statement;
}

async function fileBytes(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
}

function unreadable(path: string, error: unknown): CommandError {
  return usageError(`${path} cannot be read: ${messageOf(error)}.`);
}
