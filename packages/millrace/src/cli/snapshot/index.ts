import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { addConnectionFlags } from "../connection/flags.ts";
import type { LoadFlags, SnapshotFlags } from "./flags.ts";

/** `millrace snapshot save|load` */
export function addSnapshot(program: Command, io: CommandIo): void {
  const snapshot = program
    .command("snapshot")
    .description(
      "Saves all state in one file, or loads one: of a Millrace that runs, or of a data directory that none has open.",
    );
  const save = snapshot
    .command("save")
    .description("Saves all state in one file. A Millrace that runs lets requests wait meanwhile.")
    .argument("[file]", "a new file; millrace-<time>.tar.zst when not given");
  addSnapshotFlags(save).action(async (file: string | undefined, flags: SnapshotFlags) => {
    const { save: run } = await import("./save.ts");
    await run(file, flags, io);
  });
  const load = snapshot
    .command("load")
    .description(
      "Puts a snapshot in the place of all state. If it cannot be read or opened, everything stays as it was.",
    )
    .argument("<file>", "what millrace snapshot save has made")
    .option("--yes", "do not ask");
  addSnapshotFlags(load).action(async (file: string, flags: LoadFlags) => {
    const { load: run } = await import("./load.ts");
    await run(file, flags, io);
  });
}

function addSnapshotFlags(command: Command): Command {
  command
    .option("--offline", "the data directory itself, which no Millrace has open; the default where none runs")
    .option(
      "--master-key <base64>",
      "where Millrace is started with --master-key and is offline [MILLRACE_MASTER_KEY]",
    );
  return addConnectionFlags(command);
}
