import type { Grantee } from "../../../../sql/redshift/ast/security.ts";
import type { ShowColumnGrants, ShowGrants } from "../../../../sql/redshift/ast/show.ts";
import { formatType } from "../../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../../sql/redshift/types.ts";
import { SqlError } from "../../../../sql/sql-error.ts";
import type { FunctionRecord, Grant } from "../../catalog/records.ts";
import { granteeName, userName } from "../acl-text.ts";
import { systemColumns } from "../system-column.ts";
import { schemaOf } from "../system-objects.ts";
import type { SystemRow } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";
import { databasePrivilege, identityValues, visibleGrants } from "../tables/svv-privileges.ts";
import {
  databaseNamed,
  filtered,
  nameParts,
  type ShowCommand,
  type ShowRequest,
  schemaNamed,
  tableNamed,
} from "./show-command.ts";

const identity = "identity_id int4, identity_name varchar(128), identity_type varchar(128)";
const grantColumns =
  systemColumns(`database_name varchar(128), schema_name varchar(128), object_name varchar(128),
  object_type varchar(128), privilege_type varchar(128), ${identity}, admin_option bool,
  privilege_scope varchar(128), grantor_name varchar(128)`);
const columnGrantColumns = systemColumns(`database_name varchar(128), schema_name varchar(128),
  table_name varchar(128), column_name varchar(128), object_type varchar(128), privilege_type varchar(128),
  ${identity}, admin_option bool, privilege_scope varchar(128), grantor_name varchar(128)`);

interface Granted {
  readonly ownerId: number;
  readonly grants: readonly Grant[];
}

interface ObjectNames {
  readonly schema: string | null;
  readonly name: string;
  readonly type: "DATABASE" | "SCHEMA" | "TABLE" | "FUNCTION";
}

/** Rows of what was granted on one object as a whole. */
function objectRows(object: Granted, names: ObjectNames, view: SystemView): SystemRow[] {
  return visibleGrants(object, view)
    .filter((grant) => grant.column === undefined)
    .map((grant) => ({
      database_name: names.type === "DATABASE" ? names.name : view.session.database.name,
      schema_name: names.schema,
      object_name: names.name,
      object_type: names.type,
      privilege_type: names.type === "DATABASE" ? databasePrivilege(grant) : grant.privilege.toUpperCase(),
      ...identityValues(grant, view),
      admin_option: grant.withGrantOption,
      privilege_scope: names.type,
      grantor_name: userName(grant.grantorId, view.leader),
    }));
}

/** Those of one grantee, or all. */
function ofGrantee(rows: readonly SystemRow[], grantee: Grantee | undefined): readonly SystemRow[] {
  if (grantee === undefined) return rows;
  const name = grantee.name?.name ?? "public";
  return rows.filter((row) => row["identity_type"] === grantee.kind && row["identity_name"] === name);
}

export const showGrants: ShowCommand<ShowGrants> = {
  columns: () => grantColumns,
  rows: async (ast, request) => {
    const rows = ast.subject.kind === "all" ? allRows(ast, request) : await subjectRows(ast.subject, request);
    return filtered(ofGrantee(rows, ast.grantee), ast, "object_name", request);
  },
};

type Subject = Extract<ShowGrants["subject"], { readonly kind: "object" }>;

async function subjectRows(subject: Subject, request: ShowRequest): Promise<SystemRow[]> {
  const { view } = request;
  const parts = nameParts(subject.name, request);
  const name = parts.at(-1) ?? "";
  switch (subject.objectType) {
    case "database":
      return objectRows(databaseNamed(name, request), { schema: null, name, type: "DATABASE" }, view);
    case "schema": {
      const { schema } = await schemaNamed(parts, request);
      return objectRows(schema, { schema: schema.name, name, type: "SCHEMA" }, view);
    }
    case "table": {
      const table = await tableNamed(subject.name, request);
      const granted = table.kind === "local" ? table.relation : { ownerId: 1, grants: [] };
      return objectRows(granted, { schema: table.schema.name, name, type: "TABLE" }, view);
    }
    case "function":
    case "procedure": {
      const found = functionsNamed(parts, subject.argumentTypes, request);
      if (found.length === 0)
        throw new SqlError("42883", `${subject.objectType} ${parts.join(".")} does not exist`);
      return found.flatMap((entry) => functionRows(entry, view));
    }
  }
}

function functionRows(entry: FunctionRecord, view: SystemView): SystemRow[] {
  const name = `${entry.name}(${entry.parameterTypes.map(formatType).join(", ")})`;
  return objectRows(entry, { schema: schemaOf(entry, view)?.name ?? null, name, type: "FUNCTION" }, view);
}

/** Functions of a name in the session's database: of all argument types, or of those that were written. */
function functionsNamed(
  parts: readonly string[],
  argumentTypes: readonly SqlType[] | undefined,
  { view }: ShowRequest,
): FunctionRecord[] {
  const schemas = parts.length === 1 ? view.session.searchPath : [parts.at(-2) ?? ""];
  const written = argumentTypes?.map((type) => type.name).join();
  return view.catalog.functions.filter(
    (entry) =>
      entry.name === parts.at(-1) &&
      schemas.includes(schemaOf(entry, view)?.name ?? "") &&
      (written === undefined || entry.parameterTypes.map((type) => type.name).join() === written),
  );
}

/** SHOW GRANTS FOR somebody: all that the one was granted. */
function allRows({ grantee, database }: ShowGrants, request: ShowRequest): SystemRow[] {
  const { view } = request;
  mayAskFor(grantee, view);
  if (
    database !== undefined &&
    databaseNamed(nameParts(database, request)[0], request) !== view.session.database
  ) {
    throw new SqlError("0A000", "SHOW GRANTS FROM another DATABASE is not supported");
  }
  const schemas = new Map(view.catalog.schemas.map((schema) => [schema.oid, schema.name]));
  return [
    ...view.leader.databases.flatMap((entry) =>
      objectRows(entry, { schema: null, name: entry.name, type: "DATABASE" }, view),
    ),
    ...view.catalog.schemas.flatMap((entry) =>
      objectRows(entry, { schema: entry.name, name: entry.name, type: "SCHEMA" }, view),
    ),
    ...view.catalog.relations.flatMap((entry) =>
      objectRows(
        entry,
        { schema: schemas.get(entry.schemaOid) ?? null, name: entry.name, type: "TABLE" },
        view,
      ),
    ),
    ...view.catalog.functions.flatMap((entry) => functionRows(entry, view)),
  ];
}

/** Of others only superusers may ask. @throws SqlError 42501, 42704 */
function mayAskFor(grantee: Grantee | undefined, view: SystemView): void {
  const name = grantee?.name?.name;
  if (grantee === undefined || name === undefined) return;
  const known = grantee.kind === "role" ? view.leader.roles : view.leader.users;
  if (!known.some((entry) => entry.name === name)) {
    throw new SqlError("42704", `${grantee.kind} "${name}" does not exist`);
  }
  const { user } = view.session;
  if (!user.superuser && grantee.kind === "user" && name !== user.name) {
    throw new SqlError("42501", `permission denied to show grants for user ${name}`);
  }
}

export const showColumnGrants: ShowCommand<ShowColumnGrants> = {
  columns: () => columnGrantColumns,
  rows: async (ast, request) => {
    const { view } = request;
    const table = await tableNamed(ast.table, request);
    const grants = table.kind === "local" ? visibleGrants(table.relation, view) : [];
    const rows = grants
      .filter((grant) => grant.column !== undefined)
      .map((grant) => ({
        database_name: table.database.name,
        schema_name: table.schema.name,
        table_name: table.kind === "local" ? table.relation.name : "",
        column_name: grant.column ?? null,
        object_type: "COLUMN",
        privilege_type: grant.privilege.toUpperCase(),
        ...identityValues(grant, view),
        identity_name: granteeName(grant, view.leader),
        admin_option: grant.withGrantOption,
        privilege_scope: "COLUMN",
        grantor_name: userName(grant.grantorId, view.leader),
      }));
    return filtered(ofGrantee(rows, ast.grantee), ast, "column_name", request);
  },
};
