/** What belongs to a cluster and not to one of its databases: documents of the leader. Ids are PostgreSQL's sysids. */
import type { AssumeRoleCommand } from "../../sql/redshift/ast/security.ts";
import type { Grant } from "./catalog/records.ts";

export interface UserRecord {
  /** 1 is rdsdb, 100 the master user. */
  readonly id: number;
  readonly name: string;
  readonly verifiers: PasswordVerifiers | undefined;
  readonly superuser: boolean;
  readonly createDatabase: boolean;
  readonly createUser: boolean;
  readonly validUntilMs: number | undefined;
  /** -1: unlimited */
  readonly connectionLimit: number;
  readonly sessionTimeoutSeconds: number | undefined;
  readonly syslogAccess: "restricted" | "unrestricted";
  /** ALTER USER ... SET */
  readonly settings: Readonly<Record<string, string>>;
  readonly roleIds: readonly RoleMembership[];
  readonly externalId: string | undefined;
}

/** Hexadecimal and base64 texts; never the password. */
export interface PasswordVerifiers {
  readonly md5: string | undefined;
  readonly digest: { readonly hash: string; readonly salt: string } | undefined;
  readonly scram:
    | {
        readonly salt: string;
        readonly iterations: number;
        readonly storedKey: string;
        readonly serverKey: string;
      }
    | undefined;
}

export interface GroupRecord {
  readonly id: number;
  readonly name: string;
  readonly userIds: readonly number[];
}

export interface RoleRecord {
  readonly id: number;
  readonly name: string;
  readonly ownerId: number;
  readonly externalId: string | undefined;
  readonly systemPrivileges: readonly string[];
  readonly roleIds: readonly RoleMembership[];
}

export interface RoleMembership {
  readonly roleId: number;
  readonly adminOption: boolean;
}

/** GRANT ASSUMEROLE: who may have which command take on which IAM role. */
export interface AssumeRoleRecord {
  readonly id: number;
  readonly granteeKind: Grant["granteeKind"];
  /** 0 for public. */
  readonly granteeId: number;
  /** A chain of roles as it was written, with commas between them; `default`; `all`. */
  readonly roles: string;
  readonly command: AssumeRoleCommand;
}

export interface DatabaseRecord {
  readonly oid: number;
  readonly name: string;
  readonly ownerId: number;
  readonly connectionLimit: number;
  readonly caseInsensitive: boolean;
  readonly isolation: "snapshot" | "serializable";
  readonly grants: readonly Grant[];
  readonly createdAtMs: number;
  readonly comment: string | undefined;
}
