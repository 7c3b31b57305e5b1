import type { DecodeRules } from "../../../formats/json-columns/decode-rules.ts";
import { timestampPattern } from "../../../formats/json-columns/timestamp-pattern.ts";
import { parquetOfHive } from "../../../formats/parquet/hive-schema.ts";
import { compileSchema, type ParquetNode, type ParquetSchema } from "../../../formats/parquet/schema.ts";
import type { StructField } from "../../../formats/schema/hive-type.ts";
import { parseHiveType } from "../../../formats/schema/hive-type-parser.ts";
import type { ConversionSchema, HiveSerde, OpenXSerde } from "./conversion.ts";

/** A conversion that can be run. */
export interface ConversionPlan {
  readonly columns: readonly StructField[];
  readonly schema: ParquetSchema;
  readonly rules: DecodeRules;
}

/** The plan, or what is wrong with the conversion. */
export function planConversion(conversion: ConversionSchema): ConversionPlan | string {
  if (conversion.columns.length === 0) return "The table has no columns.";
  const columns: StructField[] = [];
  const nodes: ParquetNode[] = [];
  const names = new Set<string>();
  for (const { name, type: text } of conversion.columns) {
    const type = parseHiveType(text);
    const node = type && parquetOfHive(name, type);
    if (type === undefined || node === undefined)
      return `Column ${name} has the type ${text}, which Parquet cannot hold.`;
    const folded = name.toLowerCase();
    if (name === "" || names.has(folded)) return `There is more than one column ${name}, or it has no name.`;
    names.add(folded);
    columns.push({ name, type });
    nodes.push(node);
  }
  const rules =
    conversion.serde.kind === "openx" ? openXRules(conversion.serde) : hiveRules(conversion.serde);
  return typeof rules === "string" ? rules : { columns, schema: compileSchema(nodes), rules };
}

function openXRules(serde: OpenXSerde): DecodeRules {
  const ignoresCase = serde.caseInsensitive ?? true;
  return {
    isLenient: true,
    ignoresCase,
    lowersKeys: ignoresCase,
    dotsToUnderscores: serde.convertDotsInJsonKeysToUnderscores ?? false,
    keyOfName: new Map(Object.entries(serde.columnToJsonKeyMappings ?? {})),
  };
}

function hiveRules(serde: HiveSerde): DecodeRules | string {
  const timestampPatterns = [];
  for (const format of serde.timestampFormats ?? []) {
    const pattern = timestampPattern(format);
    if (pattern === undefined) return `The timestamp format ${format} cannot be used.`;
    timestampPatterns.push(pattern);
  }
  return {
    isLenient: false,
    ignoresCase: true,
    lowersKeys: false,
    dotsToUnderscores: false,
    keyOfName: new Map(),
    timestampPatterns,
  };
}
