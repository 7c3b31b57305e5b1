import type { ObjectPath } from "../catalog/catalog-object.ts";
import { isCastable } from "../type-casts.ts";
import { sameType } from "../type-rules.ts";
import { typeText } from "../type-text.ts";
import type { FlinkType } from "../types.ts";
import { invalid, proposal } from "./bind-error.ts";
import type { ConnectorFacts } from "./bound-program.ts";
import type { DraftColumn } from "./table-draft.ts";
import { parseTypeText } from "./type-name.ts";

/**
 * The type that the connector gives for a metadata column, where it is not the declared one.
 * Nothing is said of a connector that is not known: it is refused when the table is used.
 */
export function metadataSource(
  column: Extract<DraftColumn, { readonly kind: "metadata" }>,
  options: Readonly<Record<string, string>>,
  path: ObjectPath,
  connectors: ReadonlyMap<string, ConnectorFacts>,
): FlinkType | undefined {
  const connector = options["connector"] ?? "";
  const facts = connectors.get(connector);
  if (facts === undefined) return undefined;
  const at = column.span?.start;
  const table = path.join(".");
  const keys = Object.keys(facts.metadata);
  const entry = Object.hasOwn(facts.metadata, column.key) ? facts.metadata[column.key] : undefined;
  if (entry === undefined) {
    const known = keys.length === 0 ? "no metadata" : `the metadata keys ${keys.join(", ")}`;
    throw invalid(
      `invalid metadata key '${column.key}' in column '${column.name}' of table '${table}': the connector '${connector}' has ${known}${proposal(column.key, keys)}`,
      at,
      "42703",
    );
  }
  const source = parseTypeText(entry.type);
  if (!isCastable(source, column.type)) {
    throw invalid(
      `invalid data type for metadata column '${column.name}' of table '${table}': it cannot be declared as ${typeText(column.type)}, because metadata '${column.key}' is ${typeText(source)}`,
      at,
      "42804",
    );
  }
  return sameType(source, column.type) ? undefined : source;
}
