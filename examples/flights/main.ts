/**
 * Replays 3,000,000 flights through a Kinesis stream, in the order of their departure, reads them back, and
 * checks that every one is there, unchanged, and in order for each airport.
 *
 *   npm run flights -- [--limit 100000] [--shards 4] [--lanes 8] [--endpoint http://127.0.0.1:4566]
 *
 * Without --endpoint it starts a Millrace of its own.
 */
import { parseArgs } from "node:util";
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  KinesisClient,
  waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";
import { countFlights } from "./flight-file.ts";
import { startOwnMillrace } from "./own-millrace.ts";
import { Progress } from "./progress.ts";
import { readBack } from "./read-back.ts";
import { replay } from "./replay.ts";

const { values } = parseArgs({
  options: {
    endpoint: { type: "string" },
    limit: { type: "string" },
    shards: { type: "string", default: "4" },
    lanes: { type: "string", default: "8" },
  },
});
const all = await countFlights();
const limit = values.limit === undefined ? all : wholeNumber("limit", values.limit, all);
const shards = wholeNumber("shards", values.shards, 500);
const lanes = wholeNumber("lanes", values.lanes, 100);

const own = values.endpoint === undefined ? await startOwnMillrace() : undefined;
try {
  process.exitCode = (await run(values.endpoint ?? own?.url ?? "")) ? 0 : 1;
} finally {
  await own?.stop();
}

/** Whether everything came back as it should. */
async function run(endpoint: string): Promise<boolean> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new KinesisClient({ endpoint, region: "us-east-1", credentials });
  const StreamName = `flights-${Date.now()}`;
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: shards }));
  await waitUntilStreamExists({ client, maxWaitTime: 60, minDelay: 1 }, { StreamName });
  const writing = new Progress("replayed", limit);
  const sent = await replay(client, StreamName, lanes, limit, writing);
  writing.end();
  const reading = new Progress("read back", limit);
  const read = await readBack(client, StreamName, reading);
  const { records } = reading.end();
  await client.send(new DeleteStreamCommand({ StreamName }));
  client.destroy();
  const differences = read.differencesFrom(sent);
  process.stdout.write(
    differences.length === 0
      ? `All ${records} flights are there, in order for each of ${read.keyCount} airports.\n`
      : `Not as they were sent:\n  ${differences.join("\n  ")}\n`,
  );
  return differences.length === 0;
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= max) return value;
  throw new Error(`--${name} ${text} must be a whole number from 1 to ${max}.`);
}
