import { messageOf } from "../../../core/errors.ts";
import { invalidInput, notImplemented } from "../errors.ts";
import type { Properties } from "./connection-document.ts";
import { connectMysql, connectPostgres, type DatabaseLogin } from "./database-client.ts";
import { parseJdbcUrl } from "./jdbc-url.ts";

/** How long a database may take to answer. */
const queryTimeoutMs = 10_000;

/**
 * Connects to a database, asks it for 1 and leaves. The libraries are loaded when the first is asked.
 * @throws ServiceError when it does not answer, does not let us in, or is not one that we can ask
 */
export async function probeConnection(type: string, properties: Properties): Promise<void> {
  if (type !== "JDBC") throw notImplemented(`a test of connections of type ${type}`);
  if (properties["SECRET_ID"] !== undefined) throw notImplemented("secrets of Secrets Manager");
  const target = parseJdbcUrl(urlOf(properties));
  if (target === undefined)
    throw notImplemented("a test of JDBC connections other than to PostgreSQL and MySQL");
  const { engine, host, port, database } = target;
  const login: DatabaseLogin = {
    host,
    port,
    database,
    user: properties["USERNAME"] ?? properties["USER_NAME"] ?? "",
    password: properties["PASSWORD"] ?? "",
    secure: /^true$/i.test(properties["JDBC_ENFORCE_SSL"] ?? ""),
  };
  try {
    await (engine === "mysql" ? askMysql(login) : askPostgres(login));
  } catch (error) {
    throw invalidInput(`The connection to ${host}:${port} failed: ${messageOf(error)}`);
  }
}

/** The URL, or what is said by host, port and engine instead. */
function urlOf(properties: Properties): string {
  const { JDBC_CONNECTION_URL: url, JDBC_ENGINE: engine = "", HOST: host, PORT: port } = properties;
  return url ?? `jdbc:${engine.toLowerCase()}://${host}:${port}`;
}

async function askPostgres(login: DatabaseLogin): Promise<void> {
  const database = login.database === "" ? login.user : login.database;
  const client = await connectPostgres({ ...login, database }, queryTimeoutMs);
  try {
    await client.query("SELECT 1");
  } finally {
    await client.end().catch(() => {});
  }
}

async function askMysql(login: DatabaseLogin): Promise<void> {
  const client = await connectMysql(login);
  try {
    await client.query({ sql: "SELECT 1", timeout: queryTimeoutMs });
  } finally {
    client.destroy();
  }
}
