import type { Recognised } from "../classifiers/classification.ts";
import {
  addTotals,
  combinedGroup,
  type Difference,
  type Format,
  formatOf,
  mergedGroup,
  noTotals,
  type Schema,
  type SchemaGroup,
  schemaOf,
  type Totals,
} from "./schema-group.ts";

interface File {
  readonly name: string;
  readonly totals: Totals;
}

/** Files of one folder that have the same format and the same columns. */
interface Variant {
  group: SchemaGroup;
  /** The files, as long as the folder has few; a table may be made of each. */
  files: File[] | undefined;
}

/** A table of a file, or of several that are alike in a folder whose files are not. */
export interface FileTable {
  readonly group: SchemaGroup;
  /** Undefined when there are too many files to give each its table. */
  readonly name: string | undefined;
}

/** Folders with more files than this, and of different kinds, get a table for each kind instead of each file. */
const maxFileTables = 1000;
/** Different schemas that are kept apart in one folder; what comes later is merged into the last. */
const maxVariants = 1000;

/**
 * The files that lie directly in a folder, summed up: memory grows with the number of different schemas, and
 * with the names of at most `maxFileTables` files.
 */
export class FolderFiles {
  #variants = new Map<string, Variant>();
  #files = 0;
  #unread: Totals = noTotals;

  /** @param interned shares equal formats and schemas among all folders of a crawl */
  add(name: string, sizeBytes: number, found: Recognised, interned: Interned): void {
    const { totalRecords, averageRecordBytes } = found.estimates;
    const recordBytes = totalRecords * averageRecordBytes;
    const totals = { objects: 1, bytes: sizeBytes, records: totalRecords, recordBytes };
    const group = { format: interned.format(found), schema: interned.schema(found), totals };
    this.#files += 1;
    const isMany = this.#files > maxFileTables;
    if (isMany) for (const variant of this.#variants.values()) variant.files = undefined;
    const key = `${group.format.key}\n${group.schema.key}`;
    const same = this.#variants.get(key) ?? this.#last(group.format);
    if (same === undefined)
      this.#variants.set(key, { group, files: isMany ? undefined : [{ name, totals }] });
    else {
      same.group = mergedGroup(same.group, group);
      same.files?.push({ name, totals });
    }
  }

  /** An object that belongs to the folder's data, but was not looked into. */
  addUnread(sizeBytes: number): void {
    this.#unread = addTotals(this.#unread, { ...noTotals, objects: 1, bytes: sizeBytes });
  }

  /** Forgets the files, which have found their table. */
  clear(): void {
    this.#variants = new Map();
  }

  /** Whether any object could be read. */
  get hasData(): boolean {
    return this.#variants.size > 0;
  }

  /** All files in one, or why they do not belong together. */
  combined(combines: boolean): SchemaGroup | Difference {
    const parts = [...this.#variants.values()].map(({ group }) => ({
      ...group,
      weight: group.totals.objects,
    }));
    const group = combinedGroup(parts, combines);
    return typeof group === "string" ? group : this.#withUnread(group);
  }

  /** A table for each file. */
  *tables(): Generator<FileTable> {
    for (const { group, files } of this.#variants.values()) {
      if (files === undefined) yield { group, name: undefined };
      else for (const { name, totals } of files) yield { group: { ...group, totals }, name };
    }
  }

  /** Records of objects that were not sampled are as many, by size, as in those that were. */
  #withUnread(group: SchemaGroup): SchemaGroup {
    if (this.#unread.objects === 0) return group;
    const { totals } = group;
    const factor = totals.bytes === 0 ? 1 : (totals.bytes + this.#unread.bytes) / totals.bytes;
    return {
      ...group,
      totals: {
        objects: totals.objects + this.#unread.objects,
        bytes: totals.bytes + this.#unread.bytes,
        records: Math.round(totals.records * factor),
        recordBytes: totals.recordBytes * factor,
      },
    };
  }

  /** Where a schema goes that is one too many: the newest variant of its format. */
  #last(format: Format): Variant | undefined {
    if (this.#variants.size < maxVariants) return undefined;
    return [...this.#variants.values()].findLast(({ group }) => group.format.key === format.key);
  }
}

/** Equal formats and schemas as one object each. */
export class Interned {
  readonly #formats = new Map<string, Format>();
  readonly #schemas = new Map<string, Schema>();

  format(found: Recognised): Format {
    const format = formatOf(found);
    // What is no part of the key, such as whether columns are quoted, may differ.
    const key = JSON.stringify([format.key, format.serde.library, format.parameters]);
    return keep(this.#formats, key, format);
  }

  schema(found: Recognised): Schema {
    const schema = schemaOf(found.columns);
    return keep(this.#schemas, schema.key, schema);
  }
}

/** More than this are not shared: then there is little that is equal. */
const maxInterned = 10_000;

function keep<T>(map: Map<string, T>, key: string, made: T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  if (map.size < maxInterned) map.set(key, made);
  return made;
}
