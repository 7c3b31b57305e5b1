import { messageOf } from "../../core/errors.ts";
import { importModule } from "../../server/import-module.ts";
import { CommandError, usageError } from "../command-error.ts";
import { variablesFor } from "../env/variables.ts";
import { connectWarehouse, findWarehouse } from "../sql/warehouse-client.ts";
import type { SeedParts } from "./seed-parts.ts";

/** What the default export of a seed module gets. */
export interface SeedContext {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  /** Variables that point AWS's tools here: for programs that the module starts. */
  readonly env: Readonly<Record<string, string>>;
  /** For the constructor of any client of the AWS SDK. */
  awsConfig(): {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly forcePathStyle: true;
  };
  /** Runs a statement on the warehouse, with `$1`, `$2` ... for values; answers the rows. */
  sql(text: string, values?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Calls an operation of any service: `call("kinesis", "ListStreams", {})`. */
  call(service: string, operation: string, input: object): Promise<unknown>;
  /** Prints a line. */
  log(text: string): void;
}

/** Runs the default export of a module. @throws CommandError */
export async function runModule(path: string, parts: SeedParts): Promise<void> {
  if (/\.m?ts$/.test(path) && !process.features.typescript)
    throw usageError(
      `Node ${process.versions.node} takes no TypeScript. Use Node 22.18 or newer, or a file .mjs.`,
    );
  const { default: seed } = await importModule(path).catch((error: unknown) => {
    throw new CommandError(`${path} cannot be loaded: ${messageOf(error)}.`, undefined, { cause: error });
  });
  if (typeof seed !== "function")
    throw usageError(
      `${path} has no function as its default export. Write: export default async ({ awsConfig, sql }) => { ... }`,
    );
  const context = new ModuleContext(parts);
  try {
    await (seed as (context: SeedContext) => unknown)(context.handed());
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const stack = error instanceof Error && error.stack !== undefined ? error.stack : messageOf(error);
    throw new CommandError(`${path} failed: ${stack}`, undefined, { cause: error });
  } finally {
    await context.close();
  }
}

class ModuleContext {
  readonly #parts: SeedParts;
  #client: Promise<Awaited<ReturnType<typeof connectWarehouse>>> | undefined;

  constructor(parts: SeedParts) {
    this.#parts = parts;
  }

  handed(): SeedContext {
    const { aws, io } = this.#parts;
    const { url, region, credentials } = aws.connection;
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(variablesFor(aws.connection, {})))
      if (value !== undefined) env[name] = value;
    return {
      url,
      env,
      awsConfig: () => ({ endpoint: url, region, credentials: { ...credentials }, forcePathStyle: true }),
      sql: async (text, values = []) => {
        this.#client ??= findWarehouse(aws, {}).then(connectWarehouse);
        return (await (await this.#client).query(text, [...values])).rows;
      },
      call: (service, operation, input) => aws.call(service, operation, input),
      log: (text) => io.print(`  ${text}`),
    };
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }
}
