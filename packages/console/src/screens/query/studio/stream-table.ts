/** A column as DiscoverInputSchema finds it. */
export interface FoundColumn {
  readonly name: string;
  /** Of SQL-1_0: `VARCHAR(4)`, `INTEGER`. */
  readonly sqlType: string;
}

export interface FoundSchema {
  readonly format: "JSON" | "CSV";
  readonly columns: readonly FoundColumn[];
  /** Records as they came. */
  readonly samples: readonly string[];
}

/** A Flink table over a stream. */
export interface StreamTable {
  readonly statement: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** The event time, when a column holds one. */
  readonly timeColumn: string | undefined;
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z?)$/;
const sqlTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/;

const types: Readonly<Record<string, string>> = {
  ...{ INTEGER: "INT", BIGINT: "BIGINT", SMALLINT: "SMALLINT", TINYINT: "TINYINT", DOUBLE: "DOUBLE" },
  ...{ REAL: "FLOAT", FLOAT: "DOUBLE", BOOLEAN: "BOOLEAN", DATE: "DATE", TIMESTAMP: "TIMESTAMP(3)" },
};

/** CREATE TABLE over a stream, made of what its records look like. */
export function streamTable(stream: string, region: string, schema: FoundSchema): StreamTable {
  const objects = schema.samples.flatMap(objectOf);
  let standard: "ISO-8601" | "SQL" | undefined;
  let timeColumn: string | undefined;
  const columns = schema.columns.map(({ name, sqlType }) => {
    const type = flinkType(sqlType);
    if (type !== "STRING") return { name, type };
    const time = timeOf(objects.map((object) => object[name]).filter((value) => value !== undefined));
    if (time === undefined || (standard !== undefined && time.standard !== standard)) return { name, type };
    standard = time.standard;
    timeColumn ??= name;
    return { name, type: time.type };
  });
  return {
    statement: statementOf({ stream, region, schema, columns, timeColumn, standard }),
    columns,
    timeColumn,
  };
}

interface TableParts {
  readonly stream: string;
  readonly region: string;
  readonly schema: FoundSchema;
  readonly columns: StreamTable["columns"];
  readonly timeColumn: string | undefined;
  readonly standard: string | undefined;
}

function statementOf({ stream, region, schema, columns, timeColumn, standard }: TableParts): string {
  const lines = columns.map(({ name, type }) => `  ${flinkName(name)} ${type}`);
  if (timeColumn !== undefined) {
    const name = flinkName(timeColumn);
    lines.push(`  WATERMARK FOR ${name} AS ${name} - INTERVAL '5' SECOND`);
  }
  const options = [
    `'connector' = 'kinesis', 'stream' = '${stream}', 'aws.region' = '${region}'`,
    `'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = '${schema.format.toLowerCase()}'`,
    ...(standard === "ISO-8601" && schema.format === "JSON"
      ? ["'json.timestamp-format.standard' = 'ISO-8601'"]
      : []),
  ];
  return `CREATE TABLE ${flinkName(stream)} (\n${lines.join(",\n")}\n) WITH (\n  ${options.join(",\n  ")}\n);\n`;
}

function flinkType(sqlType: string): string {
  const base = sqlType.replace(/\(.*/, "").trim().toUpperCase();
  if (base === "DECIMAL" || base === "NUMERIC") return sqlType.toUpperCase().replace("NUMERIC", "DECIMAL");
  return types[base] ?? "STRING";
}

/** The type of times, when all values are times written alike. */
function timeOf(
  values: readonly unknown[],
): { readonly type: string; readonly standard: "ISO-8601" | "SQL" } | undefined {
  const texts = values.filter((value): value is string => typeof value === "string");
  if (texts.length === 0 || texts.length < values.length) return undefined;
  if (texts.every((text) => sqlTime.test(text))) return { type: "TIMESTAMP(3)", standard: "SQL" };
  if (!texts.every((text) => isoTime.test(text))) return undefined;
  const zoned = texts.every((text) => text.endsWith("Z"));
  return { type: zoned ? "TIMESTAMP_LTZ(3)" : "TIMESTAMP(3)", standard: "ISO-8601" };
}

function objectOf(sample: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const value: unknown = JSON.parse(sample);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? [value as Readonly<Record<string, unknown>>]
      : [];
  } catch {
    return [];
  }
}

/** Quoted where it has to be. */
export function flinkName(name: string): string {
  const isPlain = /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name.toUpperCase());
  return isPlain ? name : `\`${name.replaceAll("`", "``")}\``;
}

const reserved: ReadonlySet<string> = new Set(
  (
    "DATE TIME TIMESTAMP USER ORDER GROUP TABLE VALUE VALUES FROM TO START END YEAR MONTH DAY HOUR MINUTE SECOND " +
    "SELECT WHERE BY LIMIT OFFSET CASE WHEN INTERVAL COUNT SUM MIN MAX AVG METHOD LANGUAGE POSITION RANK ROW ROWS"
  ).split(" "),
);
