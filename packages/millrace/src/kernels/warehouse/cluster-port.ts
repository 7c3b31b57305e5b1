import type { SessionEvents, SqlSession } from "./sql-session.ts";

/** What a login is checked against. */
export type LoginSecret =
  /** Any password will do: a cluster of a Millrace that trusts its callers. */
  | { readonly kind: "any" }
  | {
      readonly kind: "password";
      /** Hexadecimal MD5 of password and user name, as PostgreSQL and Redshift keep it; undefined for users with a SHA-256 password. */
      readonly md5: string | undefined;
      /** Hexadecimal SHA-256 of password and salt, and the salt: Redshift's digest. */
      readonly digest: { readonly hash: string; readonly salt: string } | undefined;
      /** RFC 5802 with SHA-256. */
      readonly scram:
        | {
            readonly salt: Buffer;
            readonly iterations: number;
            readonly storedKey: Buffer;
            readonly serverKey: Buffer;
          }
        | undefined;
    }
  /** PASSWORD DISABLE, or VALID UNTIL has passed. */
  | { readonly kind: "none" };

export interface SessionRequest {
  readonly user: string;
  readonly database: string;
  /** `host:port` of the client, or what stands for it (the Data API). */
  readonly client: string;
  readonly applicationName: string;
  readonly driverVersion?: string | undefined;
  readonly tls: boolean;
  /** Settings of the start-up message and its `options`; unknown ones are refused as SET would. */
  readonly settings: ReadonlyMap<string, string>;
  readonly events: SessionEvents;
}

/** A running or paused cluster, as its front door sees it. */
export interface SqlCluster {
  readonly identifier: string;
  /** Undefined when connections are taken; else why not (paused, rebooting): SQLSTATE 57P03. */
  refusal(): string | undefined;
  /** Whether its security groups let the address in. */
  admits(address: string): boolean;
  /** Undefined when there is no such user; the front door then plays the login to its end and refuses. */
  loginSecret(user: string): Promise<LoginSecret | undefined>;
  /** After a login that succeeded. @throws SqlError 3D000 no such database, 53300 too many connections */
  openSession(request: SessionRequest): Promise<SqlSession>;
  /** Does nothing when nothing fits. */
  cancel(processId: number, secretKey: number): void;
  /** A failed login, for the connection log. */
  noteLogin(event: {
    readonly user: string;
    readonly database: string;
    readonly client: string;
    readonly succeeded: boolean;
  }): void;
}

/** Which clusters stand behind a port. */
export interface ClusterDirectory {
  /**
   * The cluster that a start-up message means: by the option `cluster`, else by database and user when
   * that fits exactly one, else the default cluster. @throws SqlError 3D000 when none or several fit
   */
  find(request: {
    readonly user: string;
    readonly database: string;
    readonly cluster: string | undefined;
    /** The port that the client came to. */
    readonly port: number;
  }): Promise<SqlCluster>;
  cancel(processId: number, secretKey: number): void;
}
