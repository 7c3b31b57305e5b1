/**
 * Creates a stream, puts a record and gets it back, with the AWS SDK as it comes.
 *
 *   node examples/first-record/main.ts [http://127.0.0.1:4566]
 */
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
  waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";

const kinesis = new KinesisClient({
  endpoint: process.argv[2] ?? "http://127.0.0.1:4566",
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
const StreamName = "greetings";

await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
await waitUntilStreamExists({ client: kinesis, maxWaitTime: 30, minDelay: 1 }, { StreamName });

const { ShardId } = await kinesis.send(
  new PutRecordCommand({ StreamName, PartitionKey: "world", Data: Buffer.from("Hello, stream!") }),
);
const { ShardIterator } = await kinesis.send(
  new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
);
const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));

for (const { PartitionKey, Data } of Records) console.log(`${PartitionKey}: ${Buffer.from(Data ?? [])}`);
