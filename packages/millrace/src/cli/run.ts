import { ConfigurationError, describeSettings, readConfiguration } from "../server/configuration.ts";
import { type Millrace, startMillrace } from "../server/millrace.ts";
import { version } from "../server/version.ts";

const usage = `Usage: millrace [start] [flags]

Runs Millrace: the AWS data services on one port of this machine.

${describeSettings()}

Each flag is also read from the environment: --data from MILLRACE_DATA.
`;

/** Runs the command line and answers the exit code: 0 after a clean end, 2 for wrong settings. */
export async function run(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const [first, ...rest] = args;
  if (args.includes("--help") || first === "help") {
    process.stdout.write(usage);
    return 0;
  }
  if (args.includes("--version")) {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  try {
    const configuration = readConfiguration(first === "start" ? rest : args, environment);
    const millrace = await startMillrace(configuration);
    announce(millrace);
    await untilTold();
    await millrace.close();
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`millrace: ${error.message}\n`);
    return 2;
  }
}

function announce(millrace: Millrace): void {
  const { firstCredential: root, url, sql } = millrace;
  if (root !== undefined)
    process.stdout.write(
      `The root credential of account ${root.account}, shown this once:\n` +
        `  AWS_ACCESS_KEY_ID=${root.accessKeyId}\n  AWS_SECRET_ACCESS_KEY=${root.secretKey}\n`,
    );
  if (sql !== undefined) process.stdout.write(`Redshift takes SQL clients on ${sql.host} port ${sql.port}\n`);
  process.stdout.write(`Millrace is ready at ${url}\n`);
}

/** Resolves when the process is asked to end; a second request ends it at once. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(130));
      });
    }
  });
}
