import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { addConnectionFlags } from "../connection/flags.ts";

/** `millrace seed` */
export function addSeed(program: Command, io: CommandIo): void {
  const command = program
    .command("seed")
    .description(
      "Fills Millrace from files. JSON says what is to be there, or is a list of AWS calls; what is there already stays. Modules (.ts, .mts, .js, .mjs) export a function, which gets { url, env, awsConfig, sql, call, log }. SQL runs on the warehouse, shell scripts with AWS's variables set.",
    )
    .argument("<files...>", "seed.json, seed.ts, seed.sql, seed.sql:cluster, seed.sh");
  addConnectionFlags(command).action(async (files, flags) => {
    const { seed } = await import("./seed.ts");
    await seed(files, flags, io);
  });
}
