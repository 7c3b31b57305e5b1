import type { FlinkType } from "../../../../sql/flink/types.ts";

/** A column that comes out: a path of keys from the record down, and the type of what lies there. */
export interface WantedPath {
  readonly keys: readonly string[];
  readonly type: FlinkType;
}

/** What is wanted of the object at one place. */
export interface WantedRow {
  readonly fields: ReadonlyMap<string, WantedField>;
  /** All slots below it: they are NULL where it is. */
  readonly slots: readonly number[];
}

/** A slot, or fields of an object below. */
export interface WantedField {
  readonly slot: number | undefined;
  readonly row: WantedRow | undefined;
}

/**
 * What is taken out of the value of another slot: the same again, or a field of a ROW that is wanted as a whole as
 * well.
 */
export interface DerivedColumn {
  readonly column: number;
  readonly slot: number;
  readonly indexes: readonly number[];
}

export interface WantedFields {
  readonly root: WantedRow;
  /** Columns whose values are decoded, in the order of slots. */
  readonly columns: readonly number[];
  readonly derived: readonly DerivedColumn[];
}

/** Deals the wanted paths out: a slot each, but for those that lie in the value of another. */
export function wantedFields(
  paths: readonly WantedPath[],
  indexes: readonly (readonly number[])[],
): WantedFields {
  const columns: number[] = [];
  const derived: DerivedColumn[] = [];
  const order = paths.map((_, column) => column).sort((a, b) => depth(paths, a) - depth(paths, b) || a - b);
  for (const column of order) {
    const path = paths[column] as WantedPath;
    const slot = columns.findIndex((other) => isPrefix((paths[other] as WantedPath).keys, path.keys));
    const owner = columns[slot];
    if (owner === undefined) columns.push(column);
    else {
      const ownDepth = (paths[owner] as WantedPath).keys.length;
      derived.push({ column, slot, indexes: (indexes[column] as readonly number[]).slice(ownDepth - 1) });
    }
  }
  return {
    root: rowOf(
      paths,
      columns,
      0,
      columns.map((_, slot) => slot),
    ),
    columns,
    derived,
  };
}

function depth(paths: readonly WantedPath[], column: number): number {
  return paths[column]?.keys.length ?? 0;
}

function isPrefix(prefix: readonly string[], keys: readonly string[]): boolean {
  return prefix.every((key, index) => keys[index] === key);
}

function rowOf(
  paths: readonly WantedPath[],
  columns: readonly number[],
  level: number,
  slots: readonly number[],
): WantedRow {
  const byKey = new Map<string, number[]>();
  for (const slot of slots) {
    const key = keysOf(paths, columns, slot)[level] as string;
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [slot]);
    else group.push(slot);
  }
  const fields = new Map<string, WantedField>();
  for (const [key, group] of byKey) {
    const first = group[0] as number;
    const isLeaf = keysOf(paths, columns, first).length === level + 1;
    fields.set(
      key,
      isLeaf
        ? { slot: first, row: undefined }
        : { slot: undefined, row: rowOf(paths, columns, level + 1, group) },
    );
  }
  return { fields, slots };
}

function keysOf(paths: readonly WantedPath[], columns: readonly number[], slot: number): readonly string[] {
  return paths[columns[slot] as number]?.keys ?? [];
}
