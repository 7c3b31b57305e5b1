import type { Span } from "../../position.ts";
import type { SqlType } from "../types.ts";
import type { PartitionValue, StorageFormat, TableProperty } from "./external.ts";
import type { Identifier, QualifiedName } from "./name.ts";
import type { Behavior, ColumnDefinition, DistStyle, SortKeyClause, TableConstraint } from "./table.ts";

export interface AlterTable {
  readonly kind: "alter-table";
  readonly table: QualifiedName;
  /** One, but for a list of ALTER COLUMN ... ENCODE and a list of partitions to add. */
  readonly actions: readonly AlterTableAction[];
  readonly span: Span;
}

export type AlterTableAction =
  | { readonly kind: "add-column"; readonly column: ColumnDefinition }
  | { readonly kind: "drop-column"; readonly column: Identifier; readonly behavior: Behavior }
  | { readonly kind: "rename-column"; readonly column: Identifier; readonly newName: Identifier }
  | {
      readonly kind: "alter-column-type";
      readonly column: Identifier;
      readonly type: SqlType;
      readonly typeSpan: Span;
    }
  | { readonly kind: "alter-column-encode"; readonly column: Identifier; readonly encode: string }
  | { readonly kind: "rename"; readonly newName: Identifier }
  | { readonly kind: "owner"; readonly owner: Identifier }
  /** ALTER DISTKEY c, ALTER DISTSTYLE KEY DISTKEY c, ALTER DISTSTYLE ALL | EVEN | AUTO */
  | { readonly kind: "distribution"; readonly style: DistStyle; readonly column: Identifier | undefined }
  | { readonly kind: "sort-key"; readonly sortKey: SortKeyClause | { readonly kind: "none" } }
  | { readonly kind: "encode-auto" }
  | { readonly kind: "add-constraint"; readonly constraint: TableConstraint }
  | { readonly kind: "drop-constraint"; readonly name: Identifier; readonly behavior: Behavior }
  | {
      readonly kind: "row-level-security";
      readonly on: boolean;
      readonly conjunction: "and" | "or" | undefined;
      readonly forDatashares: boolean;
    }
  | { readonly kind: "masking"; readonly on: boolean }
  | AlterExternalTableAction;

export type AlterExternalTableAction =
  | {
      readonly kind: "add-partition";
      readonly ifNotExists: boolean;
      readonly values: readonly PartitionValue[];
      readonly location: string;
    }
  | { readonly kind: "drop-partition"; readonly values: readonly PartitionValue[] }
  | {
      readonly kind: "set-location";
      readonly location: string;
      /** PARTITION (...) SET LOCATION; undefined for the table's own. */
      readonly partition: readonly PartitionValue[] | undefined;
    }
  | { readonly kind: "set-file-format"; readonly format: StorageFormat }
  | { readonly kind: "set-table-properties"; readonly properties: readonly TableProperty[] };

export interface AlterTableAppend {
  readonly kind: "alter-table-append";
  readonly target: QualifiedName;
  readonly source: QualifiedName;
  readonly ignoreExtra: boolean;
  readonly fillTarget: boolean;
  readonly span: Span;
}
