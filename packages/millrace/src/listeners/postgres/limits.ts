/** What one client may take from the SQL front door. Each limit exists so that a hostile client costs little. */
export interface PostgresLimits {
  /** Open connections, logged in or not; further ones are told so (53300) and dropped. */
  readonly maxConnections: number;
  /** From the connection to the end of the login, TLS handshake included. */
  readonly loginTimeoutMs: number;
  /** A start-up packet, or a message of the login. PostgreSQL's own limit for start-up packets. */
  readonly maxLoginMessageBytes: number;
  /** A message of a client that has logged in: a statement, or the parameters of one. */
  readonly maxMessageBytes: number;
  /** Redshift's limit on the text of a statement. */
  readonly maxStatementBytes: number;
  /** Bytes received ahead of the message that is being worked on, before the client is held back. */
  readonly maxReceivedAheadBytes: number;
  /** Bytes handed to the socket and not taken by the client, before rows are held back. */
  readonly maxUnsentBytes: number;
  /** Prepared statements of the extended protocol that one connection keeps. */
  readonly maxPreparedStatements: number;
  /** Portals that one connection keeps open. */
  readonly maxPortals: number;
  /** Texts of prepared statements and parameters of portals that one connection keeps, all together. */
  readonly maxPreparedBytes: number;
  /** Silence after which the operating system asks whether the client is still there. */
  readonly keepAliveMs: number;
}

export const defaultPostgresLimits: PostgresLimits = Object.freeze({
  maxConnections: 2_000,
  loginTimeoutMs: 60_000,
  maxLoginMessageBytes: 10_000,
  maxMessageBytes: 64 * 1024 * 1024,
  maxStatementBytes: 16 * 1024 * 1024,
  maxReceivedAheadBytes: 256 * 1024,
  maxUnsentBytes: 1024 * 1024,
  maxPreparedStatements: 10_000,
  maxPortals: 1_000,
  maxPreparedBytes: 128 * 1024 * 1024,
  keepAliveMs: 200_000,
});
