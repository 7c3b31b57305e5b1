/** A parameter of a parameter group, as DescribeDefaultClusterParameters shows it. */
export interface ParameterDefinition {
  readonly name: string;
  readonly description: string;
  readonly dataType: "boolean" | "integer" | "string";
  /** Ranges and single values, as AWS writes them: `0,100-2147483647`. */
  readonly allowed?: string;
  /** Static ones wait for a reboot. */
  readonly applyType: "static" | "dynamic";
  readonly defaultValue: string;
  /** Where a family has another default. */
  readonly familyDefaults?: Readonly<Record<string, string>>;
  /** Becomes the default of the setting of this name in each session. */
  readonly isSetting?: true;
}

/** The families; a new cluster gets the default group of the last one. */
export const families: readonly string[] = Object.freeze(["redshift-1.0", "redshift-2.0"]);
export const newestFamily = "redshift-2.0";

const booleans = { dataType: "boolean", allowed: "true,false", applyType: "static" } as const;

/**
 * Names, defaults and ranges as in AWS's page "Amazon Redshift parameter groups":
 * https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-parameter-groups.html
 */
export const parameterDefinitions: readonly ParameterDefinition[] = Object.freeze([
  { ...booleans, name: "auto_analyze", description: "Use auto analyze", defaultValue: "true" },
  { ...booleans, name: "auto_mv", description: "Use auto materialized views", defaultValue: "true" },
  {
    name: "datestyle",
    description: "Sets the display format for date and time values.",
    dataType: "string",
    applyType: "static",
    defaultValue: "ISO, MDY",
    isSetting: true,
  },
  {
    ...booleans,
    name: "enable_case_sensitive_identifier",
    description: "Sets whether identifiers are case sensitive.",
    defaultValue: "false",
    isSetting: true,
  },
  {
    ...booleans,
    name: "enable_user_activity_logging",
    description: "parameter for audit logging purpose",
    defaultValue: "false",
  },
  {
    name: "extra_float_digits",
    description: "Sets the number of digits displayed for floating-point values",
    dataType: "integer",
    allowed: "-15-2",
    applyType: "static",
    defaultValue: "0",
    isSetting: true,
  },
  {
    name: "max_concurrency_scaling_clusters",
    description: "The maximum concurrency scaling clusters can be used.",
    dataType: "integer",
    allowed: "0-10",
    applyType: "static",
    defaultValue: "1",
  },
  {
    name: "query_group",
    description:
      "This parameter applies a user-defined label to a group of queries that are run during the same session..",
    dataType: "string",
    applyType: "static",
    defaultValue: "default",
    isSetting: true,
  },
  {
    ...booleans,
    name: "require_ssl",
    description: "require ssl for all databaseconnections",
    defaultValue: "false",
    familyDefaults: { "redshift-2.0": "true" },
  },
  {
    name: "search_path",
    description: "Sets the schema search order for names that are not schema-qualified.",
    dataType: "string",
    applyType: "static",
    defaultValue: "$user, public",
    isSetting: true,
  },
  {
    name: "statement_timeout",
    description: "Aborts any statement that takes over the specified number of milliseconds.",
    dataType: "integer",
    allowed: "0,100-2147483647",
    applyType: "static",
    defaultValue: "0",
    isSetting: true,
  },
  { ...booleans, name: "use_fips_ssl", description: "Use fips ssl library", defaultValue: "false" },
  {
    name: "wlm_json_configuration",
    description: "wlm json configuration",
    dataType: "string",
    applyType: "dynamic",
    defaultValue: '[{"auto_wlm":true}]',
  },
]);

/** Undefined when there is no such parameter. */
export function parameterNamed(name: string): ParameterDefinition | undefined {
  return parameterDefinitions.find((definition) => definition.name === name);
}

export function defaultOf(definition: ParameterDefinition, family: string): string {
  return definition.familyDefaults?.[family] ?? definition.defaultValue;
}
