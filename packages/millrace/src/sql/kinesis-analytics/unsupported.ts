import { SqlError } from "../sql-error.ts";

/** What the retired dialect has and Flink SQL, or its embedded engine, has not. @param position in the code */
export const unsupported = (feature: string, position?: number): SqlError =>
  new SqlError("0A000", `SQL-1_0: ${feature} is not supported`, { position });

/** Functions without a form in Flink SQL. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `RANDOM_CUT_FOREST RANDOM_CUT_FOREST_WITH_EXPLANATION HOTSPOTS ANOMALY_DETECTION GROUP_RANK EXP_AVG
  REGEX_LOG_PARSE FAST_REGEX_LOG_PARSER FAST_REGEX_LOG_PARSE FIXED_COLUMN_LOG_PARSE SYS_LOG_PARSE W3C_LOG_PARSE
  VARIABLE_COLUMN_LOG_PARSE REGEX_REPLACE`.split(/\s+/),
);

export const isUnsupportedFunction = (name: string): boolean =>
  FUNCTIONS.has(name.toUpperCase()) || name.toUpperCase().startsWith("ANOMALY_");
