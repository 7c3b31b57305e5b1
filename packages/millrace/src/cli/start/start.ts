import { readConfiguration } from "../../server/configuration.ts";
import { type Millrace, startMillrace } from "../../server/millrace.ts";
import type { ExitCode } from "../command-error.ts";
import type { CommandIo } from "../command-io.ts";

/** Runs Millrace until it is told to end. @throws ConfigurationError when it cannot start. */
export async function start(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const interruption = io.interruption();
  const millrace = await startMillrace(readConfiguration(args, io.environment));
  announce(millrace, io);
  await new Promise((resolve) => interruption.addEventListener("abort", resolve, { once: true }));
  await millrace.close();
  return 0;
}

function announce({ firstCredential: root, url, sql }: Millrace, io: CommandIo): void {
  if (root !== undefined) {
    io.print(`The root credential of account ${root.account}, shown this once:`);
    io.print(`  AWS_ACCESS_KEY_ID=${root.accessKeyId}\n  AWS_SECRET_ACCESS_KEY=${root.secretKey}`);
  }
  if (sql !== undefined) io.print(`Redshift takes SQL clients on ${sql.host} port ${sql.port}`);
  io.print(`Millrace is ready at ${url}`);
}
