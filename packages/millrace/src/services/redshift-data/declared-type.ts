import type { SqlType, TypeName } from "../../kernels/warehouse/values/index.ts";

interface Sizes {
  readonly length?: string | null | undefined;
  readonly precision?: string | null | undefined;
  readonly scale?: string | null | undefined;
}

/** Where the catalog's name is not the type's own. */
const names: Readonly<Record<string, TypeName>> = Object.freeze({
  "time without time zone": "time",
  "time with time zone": "timetz",
  "timestamp without time zone": "timestamp",
  "timestamp with time zone": "timestamptz",
  "binary varying": "varbyte",
  '"char"': "char",
});

/** The type that a row of SVV_ALL_COLUMNS tells of. */
export function typeOf(dataType: string, { length, precision, scale }: Sizes): SqlType {
  const [, bare = dataType, own] = /^([^(]+)\((\d+)[^)]*\)$/.exec(dataType) ?? [];
  const name = names[bare] ?? (bare as TypeName);
  const chars = length ?? own;
  if (name === "numeric")
    return { name, precision: Number(precision ?? own ?? 18), scale: Number(scale ?? 0) };
  return chars === undefined || chars === null ? { name } : { name, length: Number(chars) };
}
