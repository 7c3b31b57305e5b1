import type { PasswordVerifiers } from "../leader-records.ts";
import type { ClusterKey, ClusterSettings, ClusterShape } from "../warehouse-port.ts";

/**
 * The leader's documents, in the store of the warehouse (`leader.sqlite`):
 *   clusters   by id                  what a cluster is
 *   users, groups, roles, databases, assumeRoles   by `<cluster id>/<number>`
 *   logins     by `<cluster id>/<user name as the client gives it>`
 *   numbers    by cluster id          the first OID that was not given out yet
 * The cluster's id is random and names its folder, so that a rename moves no file.
 */
export interface ClusterDocument {
  readonly id: string;
  readonly key: ClusterKey;
  readonly shape: ClusterShape;
  readonly database: string;
  readonly masterUser: string;
  /** Whether any password opens it: clusters that were made without one, where callers are trusted. */
  readonly trusting: boolean;
  readonly paused: boolean;
  readonly settings: ClusterSettings;
  readonly createdAtMs: number;
}

export interface LoginDocument {
  /** As the client gives it: `IAM:temp`. */
  readonly login: string;
  /** The user of the database. */
  readonly user: string;
  readonly verifiers: PasswordVerifiers;
  readonly expiresAtMs: number;
  readonly createUser: boolean;
  readonly groups: readonly string[];
  readonly database: string | undefined;
}

export const collections = {
  clusters: "clusters",
  users: "users",
  groups: "groups",
  roles: "roles",
  databases: "databases",
  assumeRoles: "assumeRoles",
  logins: "logins",
  numbers: "numbers",
} as const;
