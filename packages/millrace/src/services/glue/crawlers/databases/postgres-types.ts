/** Types of PostgreSQL that have one of Glue's; what is not here becomes a string. */
const simpleTypes: Readonly<Record<string, string>> = {
  smallint: "smallint",
  integer: "int",
  bigint: "bigint",
  oid: "bigint",
  real: "float",
  "double precision": "double",
  money: "double",
  boolean: "boolean",
  "bit(1)": "boolean",
  date: "date",
  bytea: "binary",
};

/** Digits of Glue's widest decimal. */
const maxPrecision = 38;
/** Of a `numeric` that says nothing of its digits. */
const openDecimal = "decimal(38,18)";

/** Glue's type for one of PostgreSQL, as `format_type` writes it: `numeric(8,2)`, `integer[]`. */
export function postgresType(rawType: string): string {
  if (rawType.endsWith("[]")) return `array<${postgresType(rawType.slice(0, -2))}>`;
  const simple = Object.hasOwn(simpleTypes, rawType) ? simpleTypes[rawType] : undefined;
  if (simple !== undefined) return simple;
  if (/^timestamp(\(\d\))? with/.test(rawType)) return "timestamp";
  const [, precision, scale = "0"] = /^numeric(?:\((\d+)(?:,(-?\d+))?\))?$/.exec(rawType) ?? [];
  if (precision !== undefined) return decimalType(Number(precision), Number(scale));
  return rawType === "numeric" ? openDecimal : "string";
}

/** A decimal within Glue's limits, which keeps the digits before the point. */
export function decimalType(precision: number, scale: number): string {
  const [digits, fraction] = scale < 0 ? [precision - scale, 0] : [Math.max(precision, scale), scale];
  if (digits <= maxPrecision) return `decimal(${digits},${fraction})`;
  return `decimal(${maxPrecision},${Math.max(fraction - (digits - maxPrecision), 0)})`;
}
