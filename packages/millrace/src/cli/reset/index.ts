import type { Command } from "commander";
import type { CommandIo } from "../command-io.ts";
import { AdminClient } from "../connection/admin-client.ts";
import type { ConnectionFlags } from "../connection/connection.ts";
import { addConnectionFlags } from "../connection/flags.ts";

interface ResetFlags extends ConnectionFlags {
  readonly services?: string;
  readonly yes?: boolean;
}

/** `millrace reset` */
export function addReset(program: Command, io: CommandIo): void {
  const command = program
    .command("reset")
    .description("Empties all services, or some. What was in them is gone.")
    .option("--services <list>", "only these, separated by commas: kinesis,s3")
    .option("--yes", "do not ask");
  addConnectionFlags(command).action(async (flags: ResetFlags) => {
    const connection = await io.connection(flags);
    const what = flags.services === undefined ? "everything" : `what is in ${flags.services}`;
    if (!flags.yes && !(await io.confirm(`Remove ${what} from ${connection.url}?`, "--yes"))) {
      io.print("Nothing was removed.");
      return;
    }
    const query = flags.services === undefined ? "" : `?services=${encodeURIComponent(flags.services)}`;
    const { message } = await new AdminClient(connection).post<{ readonly message: string }>(`reset${query}`);
    io.print(message);
  });
}
