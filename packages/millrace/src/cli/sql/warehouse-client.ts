import pg from "pg";
import { messageOf } from "../../core/errors.ts";
import type { AwsCaller } from "../aws-call/aws-caller.ts";
import { CommandError, exitCodes, usageError } from "../command-error.ts";

export interface WarehouseFlags {
  /** Of the cluster; the first one when not given. */
  readonly cluster?: string | undefined;
  /** The cluster's own database when not given. */
  readonly database?: string | undefined;
  /** The cluster's admin user when not given. */
  readonly user?: string | undefined;
  /** When not given, the keys of the caller get temporary credentials. */
  readonly password?: string | undefined;
}

export interface WarehouseAddress {
  readonly cluster: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

interface ClusterAnswer {
  readonly ClusterIdentifier: string;
  readonly ClusterStatus: string;
  readonly MasterUsername: string;
  readonly DBName: string;
  readonly Endpoint?: { readonly Address: string; readonly Port: number };
}

/** Where a cluster is and who one is there: asked of Redshift's API as any client would. @throws CommandError */
export async function findWarehouse(aws: AwsCaller, flags: WarehouseFlags): Promise<WarehouseAddress> {
  const { Clusters: clusters } = await aws.call<{ readonly Clusters: readonly ClusterAnswer[] }>(
    "redshift",
    "DescribeClusters",
    {},
  );
  const names = clusters.map(({ ClusterIdentifier }) => ClusterIdentifier).join(", ");
  const found =
    flags.cluster === undefined
      ? clusters.find(({ ClusterStatus }) => ClusterStatus === "available")
      : clusters.find(({ ClusterIdentifier }) => ClusterIdentifier === flags.cluster);
  if (found === undefined)
    throw flags.cluster === undefined
      ? new CommandError("No cluster is available. Create one: aws redshift create-cluster.")
      : usageError(`There is no cluster ${flags.cluster}. There is: ${names || "none"}.`);
  const { ClusterIdentifier: cluster, DBName, MasterUsername, Endpoint: endpoint } = found;
  if (endpoint === undefined)
    throw new CommandError(`The cluster ${cluster} is ${found.ClusterStatus}. Wait until it is available.`);
  const database = flags.database ?? DBName;
  const place = { cluster, host: endpoint.Address, port: endpoint.Port, database };
  const user = flags.user ?? MasterUsername;
  if (flags.password !== undefined) return { ...place, user, password: flags.password };
  return { ...place, ...(await temporaryCredentials(aws, cluster, user, database)) };
}

async function temporaryCredentials(
  aws: AwsCaller,
  cluster: string,
  user: string,
  database: string,
): Promise<{ readonly user: string; readonly password: string }> {
  const { DbUser, DbPassword } = await aws.call<{ readonly DbUser: string; readonly DbPassword: string }>(
    "redshift",
    "GetClusterCredentials",
    { ClusterIdentifier: cluster, DbUser: user, DbName: database },
  );
  return { user: DbUser, password: DbPassword };
}

/** A connected client. Whoever asks for it ends it. @throws CommandError */
export async function connectWarehouse(address: WarehouseAddress): Promise<pg.Client> {
  const { cluster, host, port, database, user, password } = address;
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    password,
    options: `-c cluster=${cluster}`,
    application_name: "millrace",
    // As psql does: clusters ask for it, and their certificate is Millrace's own.
    ssl: { rejectUnauthorized: false },
  });
  try {
    await client.connect();
  } catch (error) {
    const isRefused = error instanceof Error && "severity" in error;
    throw new CommandError(
      `The cluster ${cluster} at ${host} port ${port} takes no connection: ${messageOf(error)}. ` +
        (isRefused ? "Check --user, --password and --database." : "Check that Millrace runs."),
      isRefused ? exitCodes.failed : exitCodes.unreachable,
      { cause: error },
    );
  }
  return client;
}
