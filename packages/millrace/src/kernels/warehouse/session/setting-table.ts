/** How a setting's value is checked and brought into the form that SHOW gives. */
export type SettingKind =
  | { readonly kind: "boolean" }
  | { readonly kind: "integer"; readonly minimum: number; readonly maximum: number }
  /** An integer of milliseconds; takes `5s`, `2min` as well. */
  | { readonly kind: "duration" }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "text"; readonly maxBytes: number }
  | { readonly kind: "list" }
  | { readonly kind: "time zone" }
  | { readonly kind: "date style" };

export interface SettingDefinition {
  readonly value: SettingKind;
  readonly default: string;
  readonly description: string;
  /** Undefined: anybody. `fixed` only tells clients of the server; `start` is set by the cluster or at start-up. */
  readonly restriction?: "fixed" | "start";
  /** Clients are told when it changes (ParameterStatus). */
  readonly reported?: true;
}

const onOff = { kind: "boolean" } as const;
const text = { kind: "text", maxBytes: 1_000 } as const;

const integer = (minimum: number, maximum: number) => ({ kind: "integer", minimum, maximum }) as const;
const choice = (...values: string[]) => ({ kind: "choice", values }) as const;

const maxInt = 2_147_483_647;
const logLevels = choice(
  "debug5",
  "debug4",
  "debug3",
  "debug2",
  "debug1",
  "log",
  "info",
  "notice",
  "warning",
  "error",
);
const isolationLevels = choice("serializable", "repeatable read", "read committed", "read uncommitted");

/**
 * AWS's configuration reference, and those of PostgreSQL that drivers set or ask for. Those without effect here
 * (result cache, concurrency scaling, ...) change nothing about what a statement answers.
 */
const documented: Readonly<Record<string, SettingDefinition>> = {
  analyze_threshold_percent: {
    value: integer(0, 100),
    default: "10",
    description: "Sets the threshold of changed rows for analyzing a table.",
  },
  auto_analyze: { value: onOff, default: "on", description: "Analyzes tables in the background." },
  auto_mv: { value: onOff, default: "on", description: "Creates materialized views in the background." },
  cast_super_null_on_error: {
    value: onOff,
    default: "on",
    description: "Gives NULL for values of SUPER that cannot be cast.",
  },
  datashare_break_glass_session_var: {
    value: text,
    default: "",
    description: "Lets a datashare be dropped.",
  },
  datestyle: {
    value: { kind: "date style" },
    default: "ISO, MDY",
    description: "Sets the display format for date and time values.",
    reported: true,
  },
  default_geometry_encoding: { value: integer(1, 2), default: "1", description: "Output form of GEOMETRY." },
  describe_field_name_in_uppercase: {
    value: onOff,
    default: "off",
    description: "Gives column names in upper case.",
  },
  downcase_delimited_identifier: {
    value: onOff,
    default: "on",
    description: "Folds quoted names to lower case.",
  },
  enable_case_sensitive_identifier: {
    value: onOff,
    default: "off",
    description: "Keeps the case of quoted names.",
  },
  enable_case_sensitive_super_attribute: {
    value: onOff,
    default: "off",
    description: "Keeps the case of quoted attributes of SUPER.",
  },
  enable_numeric_rounding: {
    value: onOff,
    default: "off",
    description: "Rounds decimals where they are cut.",
  },
  enable_result_cache_for_session: { value: onOff, default: "on", description: "Uses cached results." },
  enable_vacuum_boost: { value: onOff, default: "off", description: "Runs VACUUM with BOOST." },
  error_on_nondeterministic_update: {
    value: onOff,
    default: "off",
    description: "Fails an UPDATE whose target row matches several rows.",
  },
  extra_float_digits: {
    value: integer(-15, 3),
    default: "0",
    description: "Sets the number of digits displayed for floating-point values.",
  },
  idle_session_timeout: {
    value: { kind: "duration" },
    default: "0",
    description: "Ends sessions that idle for so many milliseconds.",
  },
  interval_forbid_composite_literals: {
    value: onOff,
    default: "on",
    description: "Refuses interval literals with year to month and day to second parts.",
  },
  json_serialization_enable: {
    value: onOff,
    default: "off",
    description: "Serializes nested external data.",
  },
  json_serialization_parse_nested_strings: {
    value: onOff,
    default: "off",
    description: "Parses strings in nested external data.",
  },
  max_concurrency_scaling_clusters: { value: integer(0, 10), default: "1", description: "Without effect." },
  max_cursor_result_set_size: { value: integer(0, maxInt), default: "0", description: "Without effect." },
  mv_enable_aqmv_for_session: { value: onOff, default: "on", description: "Rewrites queries to use views." },
  navigate_super_null_on_error: {
    value: onOff,
    default: "on",
    description: "Gives NULL for wrong navigation of SUPER.",
  },
  parse_super_null_on_error: {
    value: onOff,
    default: "off",
    description: "Gives NULL for what JSON_PARSE cannot parse.",
  },
  pg_federation_repeatable_read: {
    value: onOff,
    default: "on",
    description: "Isolation of federated queries.",
  },
  query_group: { value: { kind: "text", maxBytes: 320 }, default: "", description: "Labels statements." },
  search_path: {
    value: { kind: "list" },
    default: '"$user", public',
    description: "Sets the schema search order for names that are not schema-qualified.",
  },
  spectrum_enable_pseudo_columns: { value: onOff, default: "on", description: "Shows $path and $size." },
  spectrum_query_maxerror: {
    value: integer(-1, maxInt),
    default: "-1",
    description: "Errors that are taken.",
  },
  statement_timeout: {
    value: { kind: "duration" },
    default: "0",
    description: "Sets the maximum allowed duration of any statement.",
  },
  stored_proc_log_min_messages: { value: logLevels, default: "log", description: "What procedures log." },
  timezone: {
    value: { kind: "time zone" },
    default: "UTC",
    description: "Sets the time zone for displaying and interpreting time stamps.",
    reported: true,
  },
  wlm_query_slot_count: { value: integer(1, 50), default: "1", description: "Slots that a statement takes." },
};

const ofPostgres: Readonly<Record<string, SettingDefinition>> = {
  application_name: {
    value: { kind: "text", maxBytes: 250 },
    default: "",
    description: "Sets the application name to be reported in statistics and logs.",
    reported: true,
  },
  client_encoding: {
    value: choice("utf8", "unicode"),
    default: "UTF8",
    description: "Sets the client's character set encoding.",
    reported: true,
  },
  client_min_messages: { value: logLevels, default: "notice", description: "Which notices are sent." },
  default_transaction_isolation: {
    value: isolationLevels,
    default: "serializable",
    description: "Sets the transaction isolation level of each new transaction.",
  },
  default_transaction_read_only: {
    value: onOff,
    default: "off",
    description: "Sets the default read-only status of new transactions.",
  },
  readonly: { value: onOff, default: "off", description: "Refuses changes of data in this session." },
  seed: { value: text, default: "", description: "Sets the seed for random-number generation." },
  standard_conforming_strings: {
    value: onOff,
    default: "off",
    description: "Treats backslashes in ordinary strings literally.",
    reported: true,
  },
  transaction_isolation: {
    value: isolationLevels,
    default: "serializable",
    description: "Sets the current transaction's isolation level.",
  },
  transaction_read_only: {
    value: onOff,
    default: "off",
    description: "Sets the current transaction's read-only status.",
  },
};

const ofTheServer: Readonly<Record<string, SettingDefinition>> = {
  integer_datetimes: {
    value: onOff,
    default: "on",
    description: "Times are integers.",
    restriction: "fixed",
    reported: true,
  },
  is_superuser: { value: onOff, default: "off", description: "", restriction: "fixed", reported: true },
  lc_collate: { value: text, default: "C", description: "", restriction: "fixed" },
  lc_ctype: { value: text, default: "C", description: "", restriction: "fixed" },
  max_identifier_length: { value: text, default: "127", description: "", restriction: "fixed" },
  max_index_keys: { value: text, default: "32", description: "", restriction: "fixed" },
  require_ssl: {
    value: onOff,
    default: "off",
    description: "Takes encrypted connections only.",
    restriction: "start",
  },
  server_encoding: {
    value: text,
    default: "UTF8",
    description: "",
    restriction: "fixed",
    reported: true,
  },
  server_version: {
    value: text,
    default: "8.0.2",
    description: "",
    restriction: "fixed",
    reported: true,
  },
  session_authorization: { value: text, default: "", description: "", restriction: "fixed", reported: true },
  use_fips_ssl: { value: onOff, default: "off", description: "", restriction: "start" },
  enable_user_activity_logging: { value: onOff, default: "off", description: "", restriction: "start" },
};

export const settingDefinitions: ReadonlyMap<string, SettingDefinition> = new Map(
  Object.entries({ ...documented, ...ofPostgres, ...ofTheServer }).sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** Settings whose change makes a statement mean something else, or be printed otherwise. */
export const bindingSettings: readonly string[] = [
  "cast_super_null_on_error",
  "datestyle",
  "enable_case_sensitive_identifier",
  "enable_case_sensitive_super_attribute",
  "enable_numeric_rounding",
  "error_on_nondeterministic_update",
  "interval_forbid_composite_literals",
  "navigate_super_null_on_error",
  "parse_super_null_on_error",
  "downcase_delimited_identifier",
  "search_path",
  "timezone",
];
