import { randomBytes } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import type { SqlSession } from "../../kernels/warehouse/sql-session.ts";
import { SqlError } from "../../kernels/warehouse/values/index.ts";
import type { WarehousePort } from "../../kernels/warehouse/warehouse-port.ts";
import type { Owner, Target } from "./document.ts";

/** As long as GetClusterCredentialsWithIAM's. Only the opening of a session needs it. */
const loginMs = 15 * 60 * 1000;
const noSuchUser = "28000";

export interface Connector {
  readonly warehouse: WarehousePort;
  readonly clock: Clock;
}

/**
 * Opens a session of the target's user. That of an IAM identity is made if there is none.
 * @param terminated called when somebody else ends the session
 * @throws SqlError
 */
export async function connect(
  { warehouse, clock }: Connector,
  { account, region }: Owner,
  target: Target,
  terminated: () => void = () => undefined,
): Promise<SqlSession> {
  const key = { account, region, identifier: target.cluster };
  const open = (user: string): Promise<SqlSession> => {
    const cluster = warehouse.cluster(key);
    if (cluster === undefined) throw new SqlError("57P03", "The cluster does not exist.");
    return cluster.openSession({
      ...{
        user,
        database: target.database,
        client: "data-api",
        applicationName: "RedshiftDataAPI",
        tls: true,
      },
      settings: new Map(),
      events: { notice: () => undefined, parameter: () => undefined, terminated },
    });
  };
  if (!target.isIdentity) return await open(target.dbUser);
  // A login of its own: it changes no password that GetClusterCredentialsWithIAM gave out.
  const login = `data-api ${target.dbUser}`;
  try {
    return await open(login);
  } catch (error) {
    if (!(error instanceof SqlError) || error.sqlState !== noSuchUser) throw error;
  }
  await warehouse.addTemporaryLogin(key, {
    ...{ user: login, databaseUser: target.dbUser, password: randomBytes(32).toString("base64url") },
    ...{ expiresAtMs: clock.now() + loginMs, createUser: true, groups: [], database: undefined },
  });
  return open(login);
}
