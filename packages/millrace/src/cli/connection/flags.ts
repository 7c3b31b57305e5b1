import type { Command } from "commander";

/** The flags that every command has which talks to a running Millrace; hand their values to `io.connection`. */
export function addConnectionFlags(command: Command): Command {
  return command
    .optionsGroup("Where Millrace is:")
    .option(
      "--url <url>",
      "its address; MILLRACE_URL, AWS_ENDPOINT_URL, or a running instance's when not given",
    )
    .option("--data <directory>", "the instance that runs on this data directory")
    .option("--region <region>", "AWS_REGION or us-east-1 when not given")
    .option("--profile <name>", "profile of ~/.aws with the keys to use");
}
