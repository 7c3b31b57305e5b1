import { SqlError } from "../../sql-error.ts";
import { type EntryOptions, type FunctionEntry, type PrintInput, scalar } from "./function-entry.ts";

const ofSession: EntryOptions = Object.freeze({ volatility: "stable", sessionValue: true });

function notInThisSession(name: string): SqlError {
  return new SqlError("0A000", `${name}() is not available here.`);
}

/** What every session answers that says nothing else. */
const fallbacks: Readonly<Record<string, string>> = Object.freeze({
  version:
    "'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.80009'",
});

/** A value that the session gives as a literal. */
function value(text: string): FunctionEntry {
  const name = text.slice(0, text.indexOf("("));
  return scalar(
    text,
    (_, { form }) => {
      const literal = form.session.value(name) ?? fallbacks[name];
      if (literal === undefined) throw notInThisSession(name);
      return literal;
    },
    ofSession,
  );
}

/** A function that the session answers from its catalog or its settings. */
function call(text: string): FunctionEntry {
  const name = text.slice(0, text.indexOf("("));
  return scalar(
    text,
    (args: readonly string[], { form }: PrintInput) => {
      const sql = form.session.call?.(name, args);
      if (sql === undefined) throw notInThisSession(name);
      return sql;
    },
    ofSession,
  );
}

const values: readonly FunctionEntry[] = [
  ...[
    "current_user() name",
    "session_user() name",
    "user() name",
    "current_database() name",
    "current_schema() name",
  ].map(value),
  ...[
    "current_user_id() int4",
    "version() varchar",
    "pg_backend_pid() int4",
    "current_aws_account() varchar",
  ].map(value),
  ...[
    "current_namespace() varchar",
    "default_iam_role() varchar",
    "pg_last_copy_count() int8",
    "pg_last_copy_id() int4",
  ].map(value),
  ...[
    "pg_last_query_id() int8",
    "last_user_query_id() int8",
    "pg_last_unload_count() int8",
    "pg_last_unload_id() int8",
  ].map(value),
  ...[
    "inet_server_addr() varchar",
    "inet_client_addr() varchar",
    "pg_postmaster_start_time() timestamptz",
  ].map(value),
];

const privileges: readonly FunctionEntry[] = [
  ...["table", "schema", "database", "function", "language", "tablespace"].flatMap((kind) => [
    call(`has_${kind}_privilege(varchar, varchar) bool`),
    call(`has_${kind}_privilege(varchar, varchar, varchar) bool`),
    call(`has_${kind}_privilege(oid, varchar) bool`),
    call(`has_${kind}_privilege(varchar, oid, varchar) bool`),
    call(`has_${kind}_privilege(oid, oid, varchar) bool`),
  ]),
  call("has_assumerole_privilege(varchar, varchar, varchar) bool"),
  call("user_is_member_of(varchar, varchar) bool"),
  call("role_is_member_of(varchar, varchar) bool"),
];

const texts: readonly FunctionEntry[] = [
  ...[
    "format_type(oid, int4) varchar",
    "pg_get_userbyid(oid) name",
    "pg_get_userbyid(int4) name",
    "pg_get_viewdef(oid; bool) varchar",
  ].map(call),
  ...["pg_get_viewdef(varchar; bool) varchar", "pg_get_expr(varchar, oid; bool) varchar"].map(call),
  ...["pg_get_constraintdef(oid; bool) varchar", "pg_get_indexdef(oid; int4, bool) varchar"].map(call),
  ...[
    "pg_get_ruledef(oid; bool) varchar",
    "pg_get_triggerdef(oid) varchar",
    "pg_get_serial_sequence(varchar, varchar) varchar",
  ].map(call),
  ...[
    "obj_description(oid; name) varchar",
    "col_description(oid, int4) varchar",
    "shobj_description(oid, name) varchar",
  ].map(call),
  // psql asks for these since version 15.
  ...[
    "pg_get_function_result(oid) varchar",
    "pg_get_function_arguments(oid) varchar",
    "pg_get_function_identity_arguments(oid) varchar",
  ].map(call),
  ...[
    "pg_table_is_visible(oid) bool",
    "pg_type_is_visible(oid) bool",
    "pg_function_is_visible(oid) bool",
  ].map(call),
  ...[
    "pg_opclass_is_visible(oid) bool",
    "pg_operator_is_visible(oid) bool",
    "pg_conversion_is_visible(oid) bool",
  ].map(call),
  ...[
    "pg_encoding_to_char(int4) name",
    "format_encoding(int4) varchar",
    "pg_client_encoding() name",
    "pg_table_size(oid) int8",
    "pg_total_relation_size(oid) int8",
  ].map(call),
  ...[
    "pg_relation_size(oid) int8",
    "pg_database_size(oid) int8",
    "pg_size_pretty(int8) varchar",
    "pg_tablespace_location(oid) varchar",
  ].map(call),
  ...[
    "current_setting(varchar; bool) varchar",
    "set_config(varchar, varchar, bool) varchar",
    "current_schemas(bool) names",
  ].map(call),
  ...[
    "pg_get_iam_role_by_user(varchar) varchar",
    "pg_get_grantee_by_iam_role(varchar) varchar",
    "pg_get_session_roles() varchar",
  ].map(call),
  ...[
    "pg_cancel_backend(int4) bool",
    "pg_terminate_backend(int4) bool",
    "reboot_cluster() varchar",
    "slice_num() int4",
  ].map(call),
  ...["change_query_priority(int4, varchar) varchar", "change_session_priority(int4, varchar) varchar"].map(
    call,
  ),
  ...[
    "change_user_priority(varchar, varchar) varchar",
    "array_to_string(names, varchar) varchar",
    "array_upper(names, int4) int4",
  ].map(call),
  ...["array_lower(names, int4) int4", "pg_get_keywords() varchar", "txid_current() int8"].map(call),
];

/** Functions of the session, the catalog and the leader node. */
export const systemFunctions: readonly FunctionEntry[] = Object.freeze([...values, ...privileges, ...texts]);
