import { SqlError } from "../../sql-error.ts";
import type { Identifier } from "../ast/name.ts";
import type { SqlType } from "../types.ts";
import type { RelationColumn } from "./name-space.ts";
import type { TableUse } from "./table-use.ts";

/** A column that a name may mean in one place of a statement. */
export interface ScopeColumn {
  readonly name: string;
  readonly type: SqlType;
  /** How it is printed there: `r3."c1"`. */
  readonly sql: string;
  readonly blankFree: boolean;
  /** The item of FROM that it belongs to; undefined for a column merged by USING. */
  readonly entry: ScopeEntry | undefined;
  /** The table's column that it shows as it is. */
  readonly origin: { readonly use: TableUse; readonly column: RelationColumn } | undefined;
  /** What stands behind a column merged by USING. */
  readonly merged?: readonly ScopeColumn[];
}

/** One item of FROM that columns can be qualified with. */
export interface ScopeEntry {
  /** Undefined for a subquery without an alias. */
  readonly alias: string | undefined;
  /** Of a table that has no alias: it can be named with its schema and database. */
  readonly schema: string | undefined;
  readonly database: string | undefined;
  /** How the engine calls it: `r3`. */
  readonly engineAlias: string;
  readonly columns: readonly ScopeColumn[];
  /** It stands for rows without a column that may be named, such as a row of SUPER: the alias is a value itself. */
  readonly use: TableUse | undefined;
  /** Where its item of FROM begins, for the order of `*`. */
  readonly start: number;
}

/** What FROM, or a part of it, gives names to. */
export class Scope {
  readonly entries: readonly ScopeEntry[];
  /** All columns that can be named alone; those that USING merged stand once. */
  readonly visible: readonly ScopeColumn[];
  /** Those of `*`, in its order. */
  readonly shown: readonly ScopeColumn[];
  #byName: Map<string, ScopeColumn[]> | undefined;

  constructor(
    entries: readonly ScopeEntry[],
    visible: readonly ScopeColumn[],
    shown: readonly ScopeColumn[] = visible,
  ) {
    this.entries = entries;
    this.visible = visible;
    this.shown = shown;
  }

  /** @throws SqlError 42702 when several columns have the name */
  column(name: Identifier): ScopeColumn | undefined {
    return single(this.#named(name.name), name);
  }

  #named(name: string): readonly ScopeColumn[] | undefined {
    if (this.#byName === undefined) {
      const byName = new Map<string, ScopeColumn[]>();
      for (const column of this.visible) {
        const same = byName.get(column.name);
        if (same === undefined) byName.set(column.name, [column]);
        else same.push(column);
      }
      this.#byName = byName;
    }
    return this.#byName.get(name);
  }

  /** The item of FROM of this name: an alias, or a table's name with or without schema and database. */
  entry(parts: readonly Identifier[]): ScopeEntry | undefined {
    const names = parts.map((part) => part.name);
    const table = names.at(-1);
    const schema = names.at(-2);
    const database = names.at(-3);
    const fitting = this.entries.filter(
      (entry) =>
        entry.alias === table &&
        (schema === undefined || entry.schema === schema) &&
        (database === undefined || entry.database === database),
    );
    if (fitting.length > 1) {
      throw new SqlError("42P09", `table reference "${table}" is ambiguous`, {
        position: parts[0]?.span.start,
      });
    }
    return fitting[0];
  }
}

/** @throws SqlError 42702 */
export function entryColumn(entry: ScopeEntry, name: Identifier): ScopeColumn | undefined {
  return single(
    entry.columns.filter((column) => column.name === name.name),
    name,
  );
}

function single(columns: readonly ScopeColumn[] | undefined, name: Identifier): ScopeColumn | undefined {
  if (columns !== undefined && columns.length > 1) {
    throw new SqlError("42702", `column reference "${name.name}" is ambiguous`, {
      position: name.span.start,
    });
  }
  return columns?.[0];
}

export const emptyScope: Scope = new Scope([], []);
