import type { Drop } from "../../../sql/redshift/ast/admin.ts";
import type { AlterDatabase, CreateDatabase } from "../../../sql/redshift/ast/schema.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { newDatabase } from "../cluster/first-documents.ts";
import type { DatabaseRecord } from "../leader-records.ts";
import { grantsOfNewOwner } from "../security/grant-list.ts";
import { tagResult } from "../session/results.ts";
import { lockDefinition } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { userNamed } from "./users-found.ts";

/** AWS's limit. */
const maxDatabases = 60;

/** First the file is made, then the document that says so: a crash in between leaves a file that the next start removes. */
export const createDatabase: StatementKind<CreateDatabase> = Object.freeze({
  category: "ddl",
  place: () => "alone",
  run: async (ast, context) => {
    const { name } = ast.name;
    if (ast.from !== undefined)
      throw new SqlError("0A000", `CREATE DATABASE ... ${ast.from.toUpperCase()} is not supported`);
    checkDatabaseName(name);
    context.demand({ kind: "create database" });
    const owner = ast.owner === undefined ? context.user : userNamed(ast.owner.name, context);
    if (owner.id !== context.user.id) context.demand({ kind: "give away", newOwner: owner });
    await context.transaction.lock(`database name ${name}`, "exclusive");
    const { leader } = context.host;
    if (leader.snapshot.database(name) !== undefined)
      throw new SqlError("42P04", `database "${name}" already exists`);
    if (leader.snapshot.databases.size >= maxDatabases)
      throw new SqlError("54000", `a cluster can have at most ${maxDatabases} databases`);
    const oid = await leader.allocateOid();
    const record: DatabaseRecord = {
      ...newDatabase(oid, name, owner.id),
      connectionLimit: ast.connectionLimit ?? -1,
      caseInsensitive: ast.collate === "case_insensitive",
      isolation: ast.isolation ?? "snapshot",
      createdAtMs: context.host.clock.now(),
    };
    await context.host.createDatabase(record);
    await leader.commit([{ table: "databases", id: oid, put: record }]);
    return tagResult("CREATE DATABASE");
  },
} satisfies StatementKind<CreateDatabase>);

const reservedNames: readonly string[] = [
  "template0",
  "template1",
  "padb_harvest",
  "sys:internal",
  "awsdatacatalog",
];

function checkDatabaseName(name: string): void {
  if (reservedNames.includes(name)) throw new SqlError("42939", `database name "${name}" is reserved`);
}

export function databaseNamed(name: string, { leader }: StatementContext): DatabaseRecord {
  const record = leader.database(name);
  if (record === undefined) throw new SqlError("3D000", `database "${name}" does not exist`);
  return record;
}

export async function dropDatabase({ names, ifExists }: Drop, context: StatementContext): Promise<void> {
  for (const { parts } of names) {
    const name = parts.at(-1)?.name ?? "";
    const { leader } = context.host;
    if (ifExists && leader.snapshot.database(name) === undefined) continue;
    const record = databaseNamed(name, context);
    context.demand({ kind: "own database", database: record });
    if (record.oid === context.databaseRecord.oid)
      throw new SqlError("55006", "cannot drop the currently open database");
    await context.host.dropDatabase(record, () =>
      leader.commit([{ table: "databases", id: record.oid, put: undefined }]),
    );
  }
}

export const alterDatabase: StatementKind<AlterDatabase> = Object.freeze({
  category: "ddl",
  place: ({ action }) => (action.kind === "isolation" ? "alone" : "transaction"),
  run: async ({ name, action }, context) => {
    await lockDefinition(databaseNamed(name.name, context).oid, context);
    const record = databaseNamed(name.name, context);
    context.demand({ kind: "own database", database: record });
    const put = altered(record, action, context);
    context.transaction.changeLeader({ table: "databases", id: record.oid, put });
    return tagResult("ALTER DATABASE");
  },
} satisfies StatementKind<AlterDatabase>);

function altered(
  record: DatabaseRecord,
  action: AlterDatabase["action"],
  context: StatementContext,
): DatabaseRecord {
  switch (action.kind) {
    case "rename": {
      const newName = action.newName.name;
      checkDatabaseName(newName);
      if (record.oid === context.databaseRecord.oid)
        throw new SqlError("0A000", "current database may not be renamed");
      if (context.leader.database(newName) !== undefined)
        throw new SqlError("42P04", `database "${newName}" already exists`);
      return { ...record, name: newName };
    }
    case "owner": {
      const owner = userNamed(action.owner.name, context);
      context.demand({ kind: "give away", newOwner: owner });
      const grants = grantsOfNewOwner(record.grants, record.ownerId, owner.id);
      return { ...record, ownerId: owner.id, grants };
    }
    case "connection-limit":
      return { ...record, connectionLimit: action.limit };
    case "collate":
      throw new SqlError("0A000", "ALTER DATABASE ... COLLATE is not supported once a database exists");
    case "isolation":
      for (const session of context.host.sessions())
        if (session.databaseOid === record.oid && session.processId !== context.processId)
          throw new SqlError("55006", `database "${record.name}" is being accessed by other users`);
      return { ...record, isolation: action.isolation };
  }
}
