import { messageOf } from "../../../core/errors.ts";
import { invalidInput, notImplemented } from "../errors.ts";
import type { Properties } from "./connection-document.ts";
import { type JdbcTarget, parseJdbcUrl } from "./jdbc-url.ts";

/** How long a database may take to let us in. */
const connectTimeoutMs = 10_000;

interface Login {
  readonly user: string;
  readonly password: string;
  readonly secure: boolean;
}

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
  const login: Login = {
    user: properties["USERNAME"] ?? properties["USER_NAME"] ?? "",
    password: properties["PASSWORD"] ?? "",
    secure: /^true$/i.test(properties["JDBC_ENFORCE_SSL"] ?? ""),
  };
  try {
    await (target.engine === "mysql" ? askMysql(target, login) : askPostgres(target, login));
  } catch (error) {
    throw invalidInput(`The connection to ${target.host}:${target.port} failed: ${messageOf(error)}`);
  }
}

/** The URL, or what is said by host, port and engine instead. */
function urlOf(properties: Properties): string {
  const { JDBC_CONNECTION_URL: url, JDBC_ENGINE: engine = "", HOST: host, PORT: port } = properties;
  return url ?? `jdbc:${engine.toLowerCase()}://${host}:${port}`;
}

async function askPostgres({ host, port, database }: JdbcTarget, login: Login): Promise<void> {
  const { default: pg } = await import("pg");
  const { user, password, secure } = login;
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database: database === "" ? user : database,
    ssl: secure,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: connectTimeoutMs,
  });
  // What happens after the answer, such as a reset, is not the caller's concern.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
  } finally {
    await client.end().catch(() => {});
  }
}

async function askMysql({ host, port, database }: JdbcTarget, login: Login): Promise<void> {
  const { createConnection } = await import("mysql2/promise");
  const { user, password, secure } = login;
  const client = await createConnection({
    host,
    port,
    user,
    password,
    connectTimeout: connectTimeoutMs,
    ...(database === "" ? {} : { database }),
    ...(secure ? { ssl: {} } : {}),
  });
  try {
    await client.query({ sql: "SELECT 1", timeout: connectTimeoutMs });
  } finally {
    client.destroy();
  }
}
