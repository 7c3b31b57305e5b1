import type { SqlCluster } from "../kernels/warehouse/cluster-port.ts";
import type { Warehouse } from "../kernels/warehouse/index.ts";
import { passwordFits } from "../kernels/warehouse/password-check.ts";
import type { SessionEvents, SqlSession } from "../kernels/warehouse/sql-session.ts";
import { type WarehouseCopy, WarehouseError, type WarehousePort } from "../services/firehose/index.ts";
import { SqlError } from "../sql/sql-error.ts";

/** Firehose's codes of what PostgreSQL's SQLSTATE says. */
const codes: readonly (readonly [RegExp, string])[] = [
  [/^42P01|^3F000/, "Redshift.TableNotFound"],
  [/^42703/, "Redshift.ColumnNotFound"],
  [/^3D000/, "Redshift.DatabaseNotFound"],
  [/^28/, "Redshift.AuthenticationFailed"],
  [/^42501/, "Redshift.AccessDenied"],
  [/^42601|^0A000|^22023/, "Redshift.InvalidCopyOptions"],
  [/^57P03|^57P01|^53/, "Redshift.ClusterNotAvailable"],
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
    try {
      const cluster = await this.#cluster(host, { user: username, database, port });
      const session = await login(cluster, { user: username, password, database });
      const cancel = (): void => session.cancel();
      signal.addEventListener("abort", cancel);
      try {
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
  if (refusal !== undefined) throw new WarehouseError("Redshift.ClusterNotAvailable", refusal);
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
    for (const parsed of session.parse(statement)) {
      const { batches } = await session.execute(await session.prepare(parsed, []), []);
      for await (const _ of batches);
    }
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
  const code = codes.find(([states]) => states.test(sqlState))?.[1] ?? codeOfLoad(message);
  return new WarehouseError(code, message, { cause: error });
}

/** COPY's own failures have one SQLSTATE. */
function codeOfLoad(message: string): string {
  if (/access ?denied|not authorized/i.test(message)) return "Redshift.S3BucketAccessDenied";
  return "Redshift.DataLoadFailed";
}
