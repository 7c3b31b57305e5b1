import type { UserRecord } from "../../leader-records.ts";
import { aclItems, ownerLetters } from "../acl-text.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";

const userColumns = `usename name, usesysid int4, usecreatedb bool, usesuper bool, usecatupd bool,
  passwd text, valuntil timestamp, useconfig text[]`;

export const pgUser: SystemTable = systemTable("pg_user", userColumns, userRows, { kind: "v" });

/** AWS shows the hashes to superusers; they stay where they are. */
export const pgShadow: SystemTable = systemTable("pg_shadow", userColumns, userRows, {
  visibility: "superuser",
});

/** A connection limit as AWS writes it. */
export function connectionLimitText(limit: number): string {
  return limit < 0 ? "UNLIMITED" : String(limit);
}

export const pgUserInfo: SystemTable = systemTable(
  "pg_user_info",
  `${userColumns}, useconnlimit text, syslogaccess text, sessiontimeout int4`,
  (view) =>
    view.leader.users.map((user) => ({
      ...userRow(user),
      useconnlimit: connectionLimitText(user.connectionLimit),
      syslogaccess: user.syslogAccess.toUpperCase(),
      sessiontimeout: user.sessionTimeoutSeconds ?? 0,
    })),
  { kind: "v" },
);

function userRows(view: SystemView): SystemRow[] {
  return view.leader.users.map(userRow);
}

function userRow(user: UserRecord): SystemRow {
  const settings = Object.entries(user.settings);
  return {
    usename: user.name,
    usesysid: user.id,
    usecreatedb: user.createDatabase,
    usesuper: user.superuser,
    usecatupd: user.id === 1,
    passwd: "********",
    valuntil: user.validUntilMs ?? null,
    useconfig: settings.length === 0 ? null : settings.map(([name, value]) => `${name}=${value}`),
  };
}

export const pgGroup: SystemTable = systemTable(
  "pg_group",
  "groname name, grosysid int4, grolist int4[]",
  (view) =>
    view.leader.groups.map((group) => ({
      groname: group.name,
      grosysid: group.id,
      grolist: group.userIds.length === 0 ? null : group.userIds,
    })),
);

const databaseColumns = `datname name, datdba int4, encoding int4, datistemplate bool, datallowconn bool,
  datlastsysoid oid, datvacuumxid xid, datfrozenxid xid, dattablespace oid, datconfig text[], datacl aclitem[]`;

export const pgDatabase: SystemTable = systemTable(
  "pg_database",
  // psql since version 15 asks for the two locales.
  `~oid oid, ~datcollate name, ~datctype name, ${databaseColumns}`,
  databaseRows,
);

export const pgDatabaseInfo: SystemTable = systemTable(
  "pg_database_info",
  `datid oid, ~datcollate name, ~datctype name, ${databaseColumns}, datconnlimit text`,
  (view) =>
    databaseRows(view).map((row, index) => ({
      ...row,
      datid: row["oid"] ?? null,
      datconnlimit: connectionLimitText(view.leader.databases[index]?.connectionLimit ?? -1),
    })),
  { kind: "v" },
);

/** UTF8 in pg_encoding_to_char. */
export const utf8Encoding = 6;

function databaseRows(view: SystemView): SystemRow[] {
  return view.leader.databases.map((database) => ({
    oid: database.oid,
    datname: database.name,
    datcollate: "C",
    datctype: "en_US.UTF-8",
    datdba: database.ownerId,
    encoding: utf8Encoding,
    datistemplate: false,
    datallowconn: true,
    datlastsysoid: 100_000,
    datvacuumxid: 0,
    datfrozenxid: 0,
    dattablespace: 1663,
    datconfig: null,
    datacl: aclItems(database.grants, database.ownerId, ownerLetters.database, view.leader),
  }));
}

export const pgSettings: SystemTable = systemTable(
  "pg_settings",
  `name text, setting text, category text, short_desc text, extra_desc text, context text, vartype text,
   source text, min_val text, max_val text`,
  (view) =>
    view.settings.map((setting) => ({
      name: setting.name,
      setting: setting.value,
      category: "",
      short_desc: setting.description,
      extra_desc: null,
      context: setting.changeable ? "user" : "internal",
      vartype: setting.type,
      source: setting.value === setting.defaultValue ? "default" : "session",
      min_val: null,
      max_val: null,
    })),
  { kind: "v" },
);

export const pgTablespace: SystemTable = systemTable(
  "pg_tablespace",
  "~oid oid, spcname name, spcowner int4, spclocation text, spcacl aclitem[]",
  () => [
    { oid: 1663, spcname: "pg_default", spcowner: 1, spclocation: "" },
    { oid: 1664, spcname: "pg_global", spcowner: 1, spclocation: "" },
  ],
);

const objectLetters = Object.freeze({ tables: "r", functions: "f", procedures: "p" });

export const pgDefaultAcl: SystemTable = systemTable(
  "pg_default_acl",
  "~oid oid, ~defaclrole oid, defacluser int4, defaclnamespace oid, defaclobjtype char, defaclacl aclitem[]",
  (view) =>
    view.catalog.defaultPrivileges.map((entry) => ({
      oid: entry.oid,
      defacluser: entry.ownerId,
      defaclrole: entry.ownerId,
      defaclnamespace: entry.schemaOid ?? 0,
      defaclobjtype: objectLetters[entry.objectType],
      defaclacl: aclItems([entry.grant], entry.ownerId, "", view.leader)?.slice(1) ?? null,
    })),
);
