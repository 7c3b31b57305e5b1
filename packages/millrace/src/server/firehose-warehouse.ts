import type { SqlCluster } from "../kernels/warehouse/cluster-port.ts";
import type { Warehouse } from "../kernels/warehouse/index.ts";
import { passwordFits } from "../kernels/warehouse/password-check.ts";
import type { SessionEvents, SqlSession } from "../kernels/warehouse/sql-session.ts";
import { type WarehouseCopy, WarehouseError, type WarehousePort } from "../services/firehose/index.ts";
import { SqlError } from "../sql/sql-error.ts";

/**
 * Codes of "Amazon Redshift Data Delivery Errors" in AWS's Firehose Developer Guide, by SQLSTATE and message; the
 * first line that fits counts.
 */
const codes: readonly (readonly [states: RegExp, message: RegExp, code: string])[] = [
  [/^42P01|^3F000/, /./, "Redshift.TableNotFound"],
  [/^42703/, /./, "Redshift.ColumnNotFound"],
  [/^23502/, /./, "Redshift.MissingColumn"],
  [/^3D000/, /./, "Redshift.DatabaseNotFound"],
  [/^28/, /./, "Redshift.AuthenticationFailed"],
  [/^42501/, /assume|ASSUMEROLE/i, "Redshift.AccessDenied"],
  [/^42501/, /./, "Redshift.InsufficientPrivilege"],
  [/^42601/, /conflicting or redundant/i, "Redshift.IncorrectCopyOptions"],
  [/^42601/, /./, "Redshift.SyntaxError"],
  [/^0A000|^22023/, /./, "Redshift.IncorrectCopyOptions"],
  [/^53100/, /./, "Redshift.DiskFull"],
  [/^57P0|^53/, /resiz/i, "Redshift.ReadOnlyCluster"],
  [/^57P0|^53/, /./, "Redshift.ConnectionFailed"],
  [/^XX000/, /nonexistent table/i, "Redshift.TableNotFound"],
  [/^XX000/, /not authorized to assume IAM Role|Invalid IAM role|default IAM role/i, "Redshift.AccessDenied"],
  [/^XX000/, /AccessDenied|RouteClosed/, "Redshift.S3BucketAccessDenied"],
  [/^XX000/, /NoSuchKey|NoSuchBucket|prefix .* does not exist/i, "Redshift.MissingS3File"],
  [/^XX000/, /number of jsonpaths/i, "Redshift.ColumnMismatch"],
  [/^XX000/, /jsonpath/i, "Redshift.IncorrectJsonPathsFile"],
];

const noEvents: SessionEvents = Object.freeze({ notice() {}, parameter() {}, terminated() {} });

/** Runs COPY of Redshift destinations in a session of the cluster that their URL names. */
export class FirehoseWarehouse implements WarehousePort {
  readonly #open: () => Promise<Warehouse>;

  constructor(open: () => Promise<Warehouse>) {
    this.#open = open;
  }

  async copy(
    { clusterJdbcUrl, username, password, statement }: WarehouseCopy,
    signal: AbortSignal,
  ): Promise<void> {
    const { host, port, database } = placeOf(clusterJdbcUrl);
    signal.throwIfAborted();
    try {
      const cluster = await this.#cluster(host, { user: username, database, port });
      const session = await login(cluster, { user: username, password, database });
      const cancel = (): void => session.cancel();
      signal.addEventListener("abort", cancel);
      try {
        signal.throwIfAborted();
        await run(session, statement);
      } finally {
        signal.removeEventListener("abort", cancel);
        await session.close();
      }
    } catch (error) {
      throw translated(error);
    }
  }

  /** By the first name of the host, as AWS's endpoints begin with the cluster's; else by user and database. */
  async #cluster(host: string, login: { user: string; database: string; port: number }): Promise<SqlCluster> {
    const warehouse = await this.#open();
    const [identifier = ""] = host.toLowerCase().split(".");
    const isNamed = warehouse.list().some(({ key }) => key.identifier === identifier);
    return warehouse.find({ ...login, cluster: isNamed ? identifier : undefined });
  }
}

/** `jdbc:redshift://host:5439/database`, with options behind a question mark. @throws WarehouseError */
function placeOf(url: string): { host: string; port: number; database: string } {
  const parts = /^jdbc:(?:redshift|postgresql):\/\/([^:/?]+)(?::(\d+))?\/([^?;]+)/.exec(url);
  if (parts === null)
    throw new WarehouseError(
      "Redshift.ConnectionFailed",
      `The JDBC URL ${url} names no cluster and database.`,
    );
  const [, host = "", port = "5439", database = ""] = parts;
  return { host, port: Number(port), database: decodeURIComponent(database) };
}

async function login(
  cluster: SqlCluster,
  { user, password, database }: { user: string; password: string; database: string },
): Promise<SqlSession> {
  const refusal = cluster.refusal();
  if (refusal !== undefined) throw new SqlError("57P03", refusal);
  const secret = await cluster.loginSecret(user);
  const succeeded = secret !== undefined && passwordFits(secret, user, password);
  cluster.noteLogin({ user, database, client: "firehose", succeeded });
  if (!succeeded)
    throw new WarehouseError(
      "Redshift.AuthenticationFailed",
      `password authentication failed for user "${user}"`,
    );
  return cluster.openSession({
    ...{ user, database, client: "firehose", applicationName: "firehose", tls: true },
    settings: new Map(),
    events: noEvents,
  });
}

async function run(session: SqlSession, statement: string): Promise<void> {
  try {
    const [copy, ...others] = session.parse(statement);
    // What is written in the options of a destination is no place for further statements.
    if (copy?.ast.kind !== "copy" || others.length > 0)
      throw new SqlError("42601", "the destination's settings do not make one COPY command");
    const { batches } = await session.execute(await session.prepare(copy, []), []);
    for await (const _ of batches);
  } catch (error) {
    await session.fail();
    await session.sync();
    throw error;
  }
  await session.sync();
}

function translated(error: unknown): unknown {
  if (!(error instanceof SqlError)) return error;
  const { sqlState, message } = error;
  const found = codes.find(([states, words]) => states.test(sqlState) && words.test(message));
  return new WarehouseError(found?.[2] ?? "Redshift.DataLoadFailed", message, { cause: error });
}
