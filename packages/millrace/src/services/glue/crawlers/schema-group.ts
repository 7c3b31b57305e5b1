import type { Column, Compression, Recognised, SerdeDescription } from "../classifiers/classification.ts";
import { mergeSchemas, schemaSimilarity } from "../classifiers/table-schema.ts";

/** How objects are read: what must be the same, but for details, of all objects of a table. */
export interface Format {
  /** Two formats with the same key can be read as one table. */
  readonly key: string;
  readonly classification: string;
  readonly compression: Compression;
  readonly parameters: Readonly<Record<string, string>>;
  readonly serde: SerdeDescription;
  readonly inputFormat: string;
  readonly outputFormat: string;
}

/** Columns, and a text that is the same for the same columns. */
export interface Schema {
  readonly key: string;
  readonly columns: readonly Column[];
}

/** What objects sum up to; records are estimated by their classifier. */
export interface Totals {
  readonly objects: number;
  readonly bytes: number;
  readonly records: number;
  /** Before compression. */
  readonly recordBytes: number;
}

/** Data that can be read as one table. */
export interface SchemaGroup {
  readonly format: Format;
  readonly schema: Schema;
  readonly totals: Totals;
}

/** A part of what may become one table, and how much it counts in the vote about it. */
export interface WeighedGroup extends SchemaGroup {
  /** Files, or folders. */
  readonly weight: number;
}

/** Folders whose schemas have more in common than this are alike. */
const similarityThreshold = 0.7;
/** The share of the parts that must be alike for all of them to become one table. */
const majorityThreshold = 0.7;
/** With more different schemas than this, nothing becomes one table. */
const maxClusters = 5;

export const noTotals: Totals = Object.freeze({ objects: 0, bytes: 0, records: 0, recordBytes: 0 });

export function addTotals(a: Totals, b: Totals): Totals {
  return {
    objects: a.objects + b.objects,
    bytes: a.bytes + b.bytes,
    records: a.records + b.records,
    recordBytes: a.recordBytes + b.recordBytes,
  };
}

export function formatOf(found: Recognised): Format {
  const { classification, compression, parameters, serde, inputFormat, outputFormat } = found;
  const key = JSON.stringify([classification, compression, parameters["delimiter"], inputFormat]);
  return { key, classification, compression, parameters, serde, inputFormat, outputFormat };
}

export function schemaOf(columns: readonly Column[]): Schema {
  return { key: JSON.stringify(columns.map(({ name, type }) => [name, type])), columns };
}

function mergedSchema(a: Schema, b: Schema): Schema {
  return a.key === b.key ? a : schemaOf(mergeSchemas(a.columns, b.columns));
}

/** Both in one group, in the format of the bigger one. */
export function mergedGroup(a: SchemaGroup, b: SchemaGroup): SchemaGroup {
  const format = chosenFormat(a, b);
  return { format, schema: mergedSchema(a.schema, b.schema), totals: addTotals(a.totals, b.totals) };
}

export function areSimilar(a: Schema, b: Schema): boolean {
  return a.key === b.key || schemaSimilarity(a.columns, b.columns) > similarityThreshold;
}

/** Why parts do not become one table. */
export type Difference = "formats" | "schemas" | "structure";

/**
 * One group of all parts if they belong together: the same format, at most five different schemas, and more
 * than 70 % of the parts alike. `combines` lets schemas be as different as they are.
 */
export function combinedGroup(parts: readonly WeighedGroup[], combines: boolean): SchemaGroup | Difference {
  const [first] = parts;
  if (first === undefined) return "structure";
  if (parts.some((part) => part.format.key !== first.format.key)) return "formats";
  if (!combines && !isMajorityAlike(parts)) return "schemas";
  return mergedParts(parts);
}

/** All parts in one; different schemas are merged once, however many parts have them. */
export function mergedParts(parts: readonly SchemaGroup[]): SchemaGroup {
  const merged = new Set<string>();
  let format: SchemaGroup | undefined;
  let schema: Schema | undefined;
  let totals = noTotals;
  for (const part of parts) {
    totals = addTotals(totals, part.totals);
    if (schema === undefined || !merged.has(part.schema.key))
      schema = schema === undefined ? part.schema : mergedSchema(schema, part.schema);
    merged.add(part.schema.key);
    format = format === undefined || chosenFormat(format, part) === part.format ? part : format;
  }
  if (format === undefined || schema === undefined) throw new RangeError("there is nothing to merge");
  return { format: format.format, schema, totals };
}

interface Cluster {
  schema: Schema;
  weight: number;
}

function isMajorityAlike(parts: readonly WeighedGroup[]): boolean {
  const clusters: Cluster[] = [];
  const known = new Map<string, Cluster>();
  let total = 0;
  for (const { schema, weight } of parts) {
    total += weight;
    let cluster = known.get(schema.key);
    if (cluster === undefined) {
      cluster = clusters.find((other) => areSimilar(other.schema, schema));
      if (cluster === undefined) {
        if (clusters.length === maxClusters) return false;
        cluster = { schema, weight: 0 };
        clusters.push(cluster);
      }
      known.set(schema.key, cluster);
    }
    cluster.weight += weight;
  }
  return Math.max(...clusters.map(({ weight }) => weight)) > majorityThreshold * total;
}

/** The one that reads both: quoted text needs a serializer that knows quotes; otherwise that of more objects. */
function chosenFormat(a: SchemaGroup, b: SchemaGroup): Format {
  const quotedA = a.format.serde.library.endsWith("OpenCSVSerde");
  const quotedB = b.format.serde.library.endsWith("OpenCSVSerde");
  if (quotedA !== quotedB) return quotedA ? a.format : b.format;
  return b.totals.objects > a.totals.objects ? b.format : a.format;
}
