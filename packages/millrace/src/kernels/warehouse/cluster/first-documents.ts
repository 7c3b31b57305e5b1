import { randomBytes } from "node:crypto";
import type { Change } from "../../../core/store.ts";
import type { DatabaseRecord, UserRecord } from "../leader-records.ts";
import { everybodyAssumes } from "../security/assume-role.ts";
import { publicGrant } from "../security/default-privileges.ts";
import { systemRoles } from "../security/system-roles.ts";
import type { ClusterSpec } from "../warehouse-port.ts";
import { type ClusterDocument, collections } from "./cluster-documents.ts";
import { firstUserOid } from "./leader.ts";
import { newUser } from "./logins.ts";
import { passwordVerifiers } from "./passwords.ts";

/** The owner of the system's objects. */
export const systemUserId = 1;
export const masterUserId = 100;

export function newClusterId(): string {
  return randomBytes(12).toString("hex");
}

/** What a new cluster has: itself, the system's user and the master user, and one database. */
export function firstDocuments(document: ClusterDocument, spec: ClusterSpec): readonly Change[] {
  const { id } = document;
  const system: UserRecord = { ...newUser(systemUserId, "rdsdb"), superuser: true, createDatabase: true };
  const master: UserRecord = {
    ...newUser(masterUserId, spec.masterUser),
    superuser: true,
    createDatabase: true,
    createUser: true,
    syslogAccess: "unrestricted",
    verifiers:
      spec.masterPassword === undefined ? undefined : passwordVerifiers(spec.masterUser, spec.masterPassword),
  };
  const database: DatabaseRecord = {
    ...newDatabase(firstUserOid, spec.database, masterUserId),
    createdAtMs: document.createdAtMs,
  };
  return [
    { collection: collections.clusters, key: id, put: document },
    { collection: collections.users, key: `${id}/${system.id}`, put: system },
    { collection: collections.users, key: `${id}/${master.id}`, put: master },
    { collection: collections.databases, key: `${id}/${database.oid}`, put: database },
    ...systemRoles.map((role) => ({ collection: collections.roles, key: `${id}/${role.id}`, put: role })),
    ...everybodyAssumes.map((put) => ({ collection: collections.assumeRoles, key: `${id}/${put.id}`, put })),
    { collection: collections.numbers, key: id, put: firstUserOid + 1 },
  ];
}

/** A database with nothing but a name and an owner. */
export function newDatabase(oid: number, name: string, ownerId: number): DatabaseRecord {
  return {
    oid,
    name,
    ownerId,
    connectionLimit: -1,
    caseInsensitive: false,
    isolation: "snapshot",
    // Everybody makes temporary tables, as on AWS.
    grants: [publicGrant("temporary", ownerId)],
    createdAtMs: 0,
    comment: undefined,
  };
}
