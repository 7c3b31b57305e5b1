import type { SqlCluster } from "./cluster-port.ts";

/** A cluster belongs to an account and a region. */
export interface ClusterKey {
  readonly account: string;
  readonly region: string;
  /** Lower case. */
  readonly identifier: string;
}

export interface ClusterShape {
  /** `ra3.xlplus` */
  readonly nodeType: string;
  readonly nodes: number;
}

/** What a cluster is made with. */
export interface ClusterSpec {
  readonly shape: ClusterShape;
  readonly database: string;
  readonly masterUser: string;
  /** Undefined lets the master user in with any password (only where callers are trusted). */
  readonly masterPassword: string | undefined;
  readonly settings: ClusterSettings;
}

/** What may change while a cluster runs; it is kept by the kernel and acts on the next statement or connection. */
export interface ClusterSettings {
  /** Session defaults of the parameter group: `datestyle`, `statement_timeout`, `search_path`, ... */
  readonly parameters: Readonly<Record<string, string>>;
  /** Roles that COPY, UNLOAD and external schemas may use; `default` is `defaultRole`. */
  readonly roles: readonly string[];
  readonly defaultRole: string | undefined;
  /** CIDR ranges that may connect; undefined admits everybody. */
  readonly admittedRanges: readonly string[] | undefined;
  readonly requireTls: boolean;
  readonly enhancedVpcRouting: boolean;
}

export type ClusterStatus = "available" | "paused" | "rebooting" | "resizing";

export interface ClusterState {
  readonly key: ClusterKey;
  readonly shape: ClusterShape;
  readonly slices: number;
  readonly database: string;
  readonly masterUser: string;
  readonly status: ClusterStatus;
  readonly settings: ClusterSettings;
  /** Milliseconds since 1970. */
  readonly createdAtMs: number;
  /** Bytes on disk of all its databases. */
  readonly usedBytes: number;
}

/** A database user for a while: GetClusterCredentials. */
export interface TemporaryLogin {
  /** As the client gives it: `IAM:temp` or `IAMA:temp` is the user `temp`. */
  readonly user: string;
  readonly password: string;
  readonly expiresAtMs: number;
  /**
   * The user of the database, where that is not `user` without its prefix: an IAM identity's own user keeps the
   * prefix, so that it is never another user who happens to be called like it.
   */
  readonly databaseUser?: string | undefined;
  /** Makes the user when there is none. Else a missing user fails the login. */
  readonly createUser: boolean;
  /** Existing groups that the user is in for sessions of this login. */
  readonly groups: readonly string[];
  /** The only database it may connect to. */
  readonly database: string | undefined;
}

/**
 * The clusters of a Millrace. Each promise resolves when the change is durable. A cluster's databases stay
 * closed until its first connection. @throws WarehouseStateError where a call does not fit the cluster's state
 */
export interface WarehousePort {
  list(): readonly ClusterState[];
  state(key: ClusterKey): ClusterState | undefined;
  /** For sessions: the front door, the Data API, Firehose. */
  cluster(key: ClusterKey): SqlCluster | undefined;
  create(key: ClusterKey, spec: ClusterSpec): Promise<void>;
  configure(key: ClusterKey, change: Partial<ClusterSettings>): Promise<void>;
  setMasterPassword(key: ClusterKey, password: string): Promise<void>;
  rename(key: ClusterKey, identifier: string): Promise<void>;
  /** Ends sessions, deals the rows over the new slices, lets sessions in again. A crash leaves the old or the new shape. */
  resize(key: ClusterKey, shape: ClusterShape): Promise<void>;
  /** Ends sessions; data is kept. */
  pause(key: ClusterKey): Promise<void>;
  resume(key: ClusterKey): Promise<void>;
  /** Ends sessions and opens the databases anew. */
  reboot(key: ClusterKey): Promise<void>;
  /** With all its data. */
  remove(key: ClusterKey): Promise<void>;
  addTemporaryLogin(key: ClusterKey, login: TemporaryLogin): Promise<void>;
}

export class WarehouseStateError extends Error {
  override readonly name = "WarehouseStateError";
  readonly reason: "missing" | "exists" | "state";

  constructor(reason: "missing" | "exists" | "state", message: string) {
    super(message);
    this.reason = reason;
  }
}
