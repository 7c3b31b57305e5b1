import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { addConnectionFlags } from "../connection/flags.ts";

/** `millrace put` */
export function addPut(program: Command, io: CommandIo): void {
  const command = program
    .command("put")
    .description(
      "Puts records into a Kinesis data stream or a delivery stream, or an object into a bucket. Files and standard input are one record a line, empty lines left out; delivery streams get each with its line feed. What is refused is tried again.",
    )
    .argument("<target>", "stream, delivery stream, or s3://bucket/name")
    .argument("[data]", "the data itself, @file, or - for standard input, which it is when not given")
    .option(
      "--key <jq>",
      "jq expression that finds the partition key in a record, such as .user; random when not given",
    )
    .option("--whole", "the whole input is one record")
    .option("--rate <count>", "at most so many records a second")
    .option("--retries <count>", "how often to try again what is refused", "10")
    .option("--stream", "the target is a data stream, where there is a delivery stream of the same name")
    .option("--delivery", "the target is a delivery stream");
  addConnectionFlags(command).action(async (target, data, flags) => {
    const { put } = await import("./put.ts");
    await put(target, data, flags, io);
  });
}
