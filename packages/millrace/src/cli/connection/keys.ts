import { CommandError } from "../command-error.ts";
import { AdminClient, RefusedError } from "./admin-client.ts";
import type { Connection } from "./connection.ts";
import type { AwsCredentials } from "./credentials.ts";

export interface KeyFlags {
  readonly profile?: string | undefined;
  /** Whose keys, where every key is taken. */
  readonly account?: string | undefined;
}

const healthTimeoutMs = 3_000;

/**
 * The keys to hand to other programs. Where every key is taken they are `test`, or the account itself: real keys that
 * happen to be in the environment are handed to nobody. @throws CommandError where keys are checked and there are none
 */
export async function keysFor(
  connection: Connection,
  { profile, account }: KeyFlags,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<AwsCredentials> {
  if (profile !== undefined) return connection.credentials;
  if (!(await checksKeys(connection))) return { accessKeyId: account ?? "test", secretAccessKey: "test" };
  if (connection.credentials.accessKeyId !== "test" || environment["AWS_ACCESS_KEY_ID"] === "test")
    return connection.credentials;
  throw new CommandError(
    `Millrace at ${connection.url} checks keys, and there are none here. ` +
      'Write the root credential that its first start has shown into a profile: "millrace configure --access-key-id ID".',
  );
}

/** Whether it is in `verify` mode: there, what is not signed rightly is refused. One that does not run yet takes every key. */
async function checksKeys(connection: Connection): Promise<boolean> {
  const { url } = connection;
  const unsigned: Connection = {
    ...connection,
    url,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  try {
    await new AdminClient(unsigned).get("status", { signal: AbortSignal.timeout(healthTimeoutMs) });
    return false;
  } catch (error) {
    return error instanceof RefusedError;
  }
}
