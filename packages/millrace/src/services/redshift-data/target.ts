import type { Call } from "../../gateway/call.ts";
import type { SqlCluster } from "../../kernels/warehouse/cluster-port.ts";
import type { WarehousePort } from "../../kernels/warehouse/warehouse-port.ts";
import { databaseUserOf } from "./caller.ts";
import type { Owner, Target } from "./document.ts";
import { invalid, noEndpoint, notImplemented } from "./errors.ts";

/** The members by which a call says where it wants to go. */
export interface Connection {
  readonly ClusterIdentifier?: string | undefined;
  readonly WorkgroupName?: string | undefined;
  readonly SecretArn?: string | undefined;
  readonly DbUser?: string | undefined;
  readonly Database?: string | undefined;
}

/** @throws ServiceError for what is missing, does not go together or is not there */
export function targetOf(warehouse: WarehousePort, input: Connection, call: Call): Target {
  const { ClusterIdentifier: cluster, DbUser, Database: database } = input;
  refuseForeign(input);
  if (!cluster) throw invalid("Either ClusterIdentifier, WorkgroupName or SessionId must be provided.");
  if (!database) throw invalid("Database must be provided when temporary credentials are used.");
  availableCluster(warehouse, call, cluster);
  const isIdentity = !DbUser;
  return {
    cluster,
    database,
    dbUser: DbUser ? DbUser.toLowerCase() : databaseUserOf(call.principal),
    isIdentity,
  };
}

/** @throws ServiceError for what Millrace does not have */
export function refuseForeign({ ClusterIdentifier, WorkgroupName, SecretArn }: Connection): void {
  if (WorkgroupName && ClusterIdentifier)
    throw invalid("ClusterIdentifier and WorkgroupName can't be specified together.");
  if (WorkgroupName) throw notImplemented("WorkgroupName (Redshift Serverless)");
  if (SecretArn) throw notImplemented("SecretArn (Secrets Manager)");
}

/** @throws ServiceError */
export function availableCluster(
  warehouse: WarehousePort,
  { account, region }: Owner,
  identifier: string,
): SqlCluster {
  const cluster = warehouse.cluster({ account, region, identifier });
  if (cluster === undefined) throw noEndpoint();
  const refusal = cluster.refusal();
  if (refusal !== undefined) throw invalid(`Redshift endpoint isn't available. ${refusal}`);
  return cluster;
}
