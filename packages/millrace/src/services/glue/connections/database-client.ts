import type { Connection } from "mysql2/promise";
import type { Client } from "pg";

/** How to connect. */
export interface DatabaseLogin {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly secure: boolean;
}

/** How long a database may take to let us in. */
const connectTimeoutMs = 10_000;

/** The library is loaded when the first database is asked. @param queryTimeoutMs of each query. */
export async function connectPostgres(login: DatabaseLogin, queryTimeoutMs: number): Promise<Client> {
  const { default: pg } = await import("pg");
  const { secure, ...place } = login;
  const client = new pg.Client({
    ...place,
    ssl: secure,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: queryTimeoutMs,
  });
  // A connection that breaks fails the query that waits for it.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return client;
}

export async function connectMysql({ secure, database, ...place }: DatabaseLogin): Promise<Connection> {
  const { createConnection } = await import("mysql2/promise");
  return createConnection({
    ...place,
    connectTimeout: connectTimeoutMs,
    ...(database === "" ? {} : { database }),
    ...(secure ? { ssl: {} } : {}),
  });
}
