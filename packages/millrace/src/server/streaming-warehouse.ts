import type { Clock } from "../core/clock.ts";
import type { RoleAccess } from "../core/role-access.ts";
import type { TrafficLog } from "../core/traffic/traffic-log.ts";
import type { ConnectorContext } from "../kernels/streaming/connector-port.ts";
import {
  type Execute,
  WarehouseAccessError,
  type WarehousePort,
  type WarehouseSession,
  type WarehouseTarget,
} from "../kernels/streaming/connectors/redshift/warehouse-port.ts";
import type { SqlCluster } from "../kernels/warehouse/cluster-port.ts";
import type { Warehouse } from "../kernels/warehouse/index.ts";
import type { SessionEvents, SqlSession } from "../kernels/warehouse/sql-session.ts";
import { SqlError } from "../sql/sql-error.ts";
import { analyticsService } from "./streaming-streams.ts";

const noEvents: SessionEvents = Object.freeze({ notice() {}, parameter() {}, terminated() {} });
/** Connections, room, other transactions, shutdowns: what another try may get over. */
const transientStates = /^(08|40|53|57)/;

/** Clusters of this Millrace for streaming queries; Redshift is opened by the first that uses one. */
export class StreamingWarehouse implements WarehousePort {
  readonly #open: () => Promise<Warehouse>;
  readonly #openRoles: () => Promise<RoleAccess>;
  readonly #traffic: { readonly log: TrafficLog; readonly clock: Clock } | undefined;

  /** @param traffic told which application writes to which cluster */
  constructor(
    open: () => Promise<Warehouse>,
    openRoles: () => Promise<RoleAccess>,
    traffic?: { readonly log: TrafficLog; readonly clock: Clock },
  ) {
    this.#open = open;
    this.#openRoles = openRoles;
    this.#traffic = traffic;
  }

  async open(target: WarehouseTarget, context: ConnectorContext): Promise<WarehouseSession> {
    const warehouse = await this.#open();
    const roles = await this.#openRoles();
    const connect = async (): Promise<SqlSession> => {
      requireCredentials(roles, target, context);
      return login(clusterOf(warehouse, target, context), target);
    };
    await (await connect().catch(translate)).close();
    return {
      transaction: async (body) => {
        const rows = await transaction(connect, body).catch(translate);
        this.#note(rows, target, context);
      },
    };
  }

  #note(rows: number, { cluster }: WarehouseTarget, { account, region, sourceArn }: ConnectorContext): void {
    const arn = `arn:aws:redshift:${region}:${account}:cluster:${cluster}`;
    const flow = this.#traffic?.log.flow({ kind: "resource", arn: sourceArn }, { kind: "resource", arn });
    if (this.#traffic !== undefined) flow?.ring.add(rows, 0, this.#traffic.clock.now());
  }
}

async function transaction(
  connect: () => Promise<SqlSession>,
  body: (execute: Execute) => Promise<boolean>,
): Promise<number> {
  const session = await connect();
  let rows = 0;
  // A session that ends in a transaction takes it back.
  try {
    await run(session, "begin");
    const isKept = await body(async (sql) => {
      const changed = await run(session, sql);
      rows += changed;
      return changed;
    });
    await run(session, isKept ? "commit" : "rollback");
    return isKept ? rows : 0;
  } finally {
    await session.close();
  }
}

async function run(session: SqlSession, sql: string): Promise<number> {
  try {
    const [statement] = session.parse(sql);
    if (statement === undefined) throw new SqlError("42601", "there is no statement");
    const { batches, rowCount } = await session.execute(await session.prepare(statement, []), []);
    for await (const _ of batches);
    await session.sync();
    return rowCount();
  } catch (error) {
    await session.fail();
    await session.sync();
    throw error;
  }
}

function clusterOf(
  warehouse: Warehouse,
  { cluster: identifier }: WarehouseTarget,
  { account, region }: ConnectorContext,
): SqlCluster {
  const cluster = warehouse.cluster({ account, region, identifier });
  if (cluster === undefined) throw new WarehouseAccessError(`cluster ${identifier} was not found`);
  const refusal = cluster.refusal();
  if (refusal !== undefined) throw new WarehouseAccessError(`cluster ${identifier}: ${refusal}`);
  return cluster;
}

/** Who gets credentials of a user needs no password. */
async function login(cluster: SqlCluster, { database, user }: WarehouseTarget): Promise<SqlSession> {
  const succeeded = (await cluster.loginSecret(user)) !== undefined;
  const client = "kinesisanalytics";
  cluster.noteLogin({ user, database, client, succeeded });
  if (!succeeded) throw new WarehouseAccessError(`cluster ${cluster.identifier}: there is no user "${user}"`);
  return cluster.openSession({
    ...{ user, database, client, applicationName: client, tls: true },
    settings: new Map(),
    events: noEvents,
  });
}

function requireCredentials(
  roles: RoleAccess,
  { cluster, user, database }: WarehouseTarget,
  { account, region, roleArn = "", sourceArn }: ConnectorContext,
): void {
  const arn = (kind: string, name: string): string =>
    `arn:aws:redshift:${region}:${account}:${kind}:${cluster}/${name}`;
  const refusal = roles.refusal({
    ...{ roleArn, sourceArn, service: analyticsService, action: "redshift:GetClusterCredentials" },
    resources: [arn("dbuser", user), arn("dbname", database)],
  });
  if (refusal !== undefined) throw new WarehouseAccessError(refusal.message);
}

function translate(error: unknown): never {
  if (error instanceof SqlError && transientStates.test(error.sqlState))
    throw new WarehouseAccessError(error.message, { cause: error });
  throw error;
}
