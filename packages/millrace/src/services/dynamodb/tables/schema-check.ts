import { invalidParameter, validation } from "../errors.ts";
import { limits } from "../limits.ts";
import type { ScalarType } from "../values/attribute-value.ts";
import type { IndexProjection, KeyNames } from "./document.ts";

interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

interface Definition {
  readonly AttributeName: string;
  readonly AttributeType: string;
}

type Attributes = Readonly<Record<string, ScalarType>>;

/** Types of key attributes by name. */
export function attributeTypes(definitions: readonly Definition[]): Attributes {
  const types = new Map<string, ScalarType>();
  for (const { AttributeName, AttributeType } of definitions) {
    if (types.has(AttributeName))
      throw invalidParameter(`Duplicate AttributeName in AttributeDefinitions: ${AttributeName}`);
    types.set(AttributeName, AttributeType as ScalarType);
  }
  return Object.fromEntries(types);
}

/** The names in a key schema: a hash key, and perhaps a range key. */
export function keyNamesOf(schema: readonly KeyElement[], attributes: Attributes): KeyNames {
  const [hash, range] = schema;
  const names = schema.map(({ AttributeName }) => AttributeName);
  const defined = Object.keys(attributes);
  if (names.some((name) => !defined.includes(name)))
    throw invalidParameter(
      "Some index key attributes are not defined in AttributeDefinitions. " +
        `Keys: [${names.join(", ")}], AttributeDefinitions: [${defined.join(", ")}]`,
    );
  if (hash === undefined || schema.length > 2)
    throw validation(
      "1 validation error detected: Value at 'keySchema' failed to satisfy constraint: " +
        "Member must have length less than or equal to 2",
    );
  if (hash.AttributeName === range?.AttributeName)
    throw validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
  if (hash.KeyType !== "HASH")
    throw validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (range === undefined) return { hash: hash.AttributeName };
  if (range.KeyType !== "RANGE")
    throw validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  return { hash: hash.AttributeName, range: range.AttributeName };
}

/** Each defined attribute must be a key of the table or of an index. */
export function checkAttributesUsed(attributes: Attributes, keys: readonly KeyNames[]): void {
  const used = new Set(keys.flatMap(({ hash, range }) => (range === undefined ? [hash] : [hash, range])));
  if (Object.keys(attributes).every((name) => used.has(name))) return;
  if (keys.length === 1)
    throw invalidParameter(
      "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
    );
  throw invalidParameter(
    "Some AttributeDefinitions are not used. AttributeDefinitions: " +
      `[${Object.keys(attributes).join(", ")}], keys used: [${[...used].join(", ")}]`,
  );
}

export function projectionOf(projection: {
  readonly ProjectionType?: string | undefined;
  readonly NonKeyAttributes?: readonly string[] | undefined;
}): IndexProjection {
  const { ProjectionType: type, NonKeyAttributes: attributes } = projection;
  if (type === undefined) throw invalidParameter("Unknown ProjectionType: null");
  if (type !== "INCLUDE" && attributes !== undefined)
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  if (type === "INCLUDE" && attributes === undefined)
    throw invalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  return { type: type as IndexProjection["type"], ...(attributes === undefined ? {} : { attributes }) };
}

/** The limits that all indexes of a table share. */
export function checkIndexes(
  indexes: readonly {
    readonly name: string;
    readonly isGlobal: boolean;
    readonly projection: IndexProjection;
  }[],
): void {
  const names = indexes.map(({ name }) => name);
  const duplicate = names.find((name, position) => names.indexOf(name) !== position);
  if (duplicate !== undefined) throw invalidParameter(`Duplicate index name: ${duplicate}`);
  const globals = indexes.filter(({ isGlobal }) => isGlobal).length;
  if (globals > limits.globalIndexes)
    throw invalidParameter(
      `GlobalSecondaryIndex count exceeds the per-table limit of ${limits.globalIndexes}`,
    );
  if (indexes.length - globals > limits.localIndexes)
    throw invalidParameter(
      `Number of LocalSecondaryIndexes exceeds per-table limit of ${limits.localIndexes}`,
    );
  const projected = indexes.reduce((sum, { projection }) => sum + (projection.attributes?.length ?? 0), 0);
  if (projected > limits.projectedAttributes)
    throw invalidParameter(
      `Number of NonKeyAttributes of all indexes exceeds the per-table limit of ${limits.projectedAttributes}`,
    );
}
