import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { addConnectionFlags } from "../connection/flags.ts";

/** `millrace tail` */
export function addTail(program: Command, io: CommandIo): void {
  const command = program
    .command("tail")
    .description(
      "Prints the records of a Kinesis data stream as they come: time, shard, partition key and data. JSON, text, gzip, zstd, Avro container files and records of the Kinesis Producer Library are decoded; anything else is shown in hexadecimal. New shards are followed.",
    )
    .argument("<stream>", "name of the stream")
    .option(
      "--from <position>",
      "latest, trim-horizon, 15m (ago), or a time such as 2026-02-25T13:00:00Z",
      "latest",
    )
    .option(
      "--filter <jq>",
      "jq expression: true keeps a record, false and null drop it, other values are shown instead of it",
    )
    .option("--shard <id>", "only this shard: 2, or shardId-000000000002")
    .option("--limit <count>", "end after so many")
    .option("--until-now", "end at the newest record instead of waiting for more")
    .option("--raw", "only the data, as it came")
    .option("--json", "a line of JSON a record");
  addConnectionFlags(command).action(async (stream, flags) => {
    const { tail } = await import("./tail.ts");
    await tail(stream, flags, io);
  });
}
