import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { flightsInFile } from "./flights-in-file.ts";

/** `millrace demo` */
export function addDemo(program: Command, io: CommandIo): void {
  program
    .command("demo")
    .description(
      "Streams three million real flights through Kinesis, Flink SQL, Firehose, S3, Glue and Redshift, checks that every one arrives, and says what it found.",
    )
    .option(
      "--flights <count>",
      `how many, in the order of their departure; at most ${flightsInFile}`,
      `${flightsInFile}`,
    )
    .option(
      "--data <directory>",
      "where this demo keeps its data; what the last one left there goes",
      ".millrace/demo",
    )
    .option("--port <port>", "of the Millrace that it starts; 4566, or a free one where that is taken")
    .option("--url <url>", "use a Millrace that runs already instead of starting one")
    .option("--region <region>", "for --url")
    .option("--profile <name>", "profile of ~/.aws with the keys to use, for --url")
    .option("--exit", "end when it is done, instead of serving on")
    .option("--json", "print the results as one line of JSON; ends when it is done")
    .action(async (flags) => {
      const { demo } = await import("./demo.ts");
      await demo(flags, io);
    });
}
