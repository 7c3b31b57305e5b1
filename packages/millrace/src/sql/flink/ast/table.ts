import type { Span } from "../../position.ts";
import type { DataType } from "./data-type.ts";
import type { Identifier, Option, QualifiedName } from "./name.ts";
import type { Expression, Query } from "./tree.ts";

/** CREATE [OR REPLACE] [TEMPORARY] TABLE, with LIKE, with AS, or with neither; also REPLACE TABLE ... AS. */
export interface CreateTable {
  readonly kind: "create-table";
  readonly span: Span;
  readonly temporary: boolean;
  readonly orReplace: boolean;
  /** REPLACE TABLE: it must be there. */
  readonly replaceOnly: boolean;
  readonly ifNotExists: boolean;
  readonly name: QualifiedName;
  readonly schema: TableSchema;
  /** `(a, b)`: only names, in another order than the query behind AS gives them. */
  readonly columnOrder: readonly Identifier[];
  readonly comment: string | undefined;
  readonly distribution: Distribution | undefined;
  readonly partitionedBy: readonly Identifier[];
  readonly options: readonly Option[];
  readonly like: LikeClause | undefined;
  readonly as: Query | undefined;
}

/** What stands in the brackets of CREATE TABLE, told apart and in order. */
export interface TableSchema {
  readonly columns: readonly ColumnDefinition[];
  readonly watermarks: readonly WatermarkClause[];
  /** Those written behind a column as well. */
  readonly constraints: readonly KeyConstraint[];
}

export type ColumnDefinition = PhysicalColumn | MetadataColumn | ComputedColumn;

interface ColumnBase {
  readonly span: Span;
  readonly name: Identifier;
  readonly comment: string | undefined;
}

export interface PhysicalColumn extends ColumnBase {
  readonly kind: "physical";
  readonly type: DataType;
}

/** `name type METADATA [FROM 'key'] [VIRTUAL]` */
export interface MetadataColumn extends ColumnBase {
  readonly kind: "metadata";
  readonly type: DataType;
  readonly key: string | undefined;
  readonly virtual: boolean;
}

/** `name AS expression` */
export interface ComputedColumn extends ColumnBase {
  readonly kind: "computed";
  readonly expression: Expression;
}

/** `WATERMARK FOR column AS expression` */
export interface WatermarkClause {
  readonly span: Span;
  /** Several parts are a field of a row. */
  readonly column: QualifiedName;
  readonly expression: Expression;
}

export interface KeyConstraint {
  readonly kind: "primary key" | "unique";
  readonly span: Span;
  readonly name: Identifier | undefined;
  readonly columns: readonly Identifier[];
  /** NOT ENFORCED is false; undefined when nothing is said. */
  readonly enforced: boolean | undefined;
}

/** `DISTRIBUTED BY HASH(a) INTO 4 BUCKETS`, `DISTRIBUTED INTO 4 BUCKETS` */
export interface Distribution {
  readonly span: Span;
  readonly method: "hash" | "range" | undefined;
  readonly columns: readonly Identifier[];
  readonly buckets: number | undefined;
}

export type LikeFeature =
  | "all"
  | "constraints"
  | "distribution"
  | "generated"
  | "metadata"
  | "options"
  | "partitions"
  | "watermarks";

export interface LikeClause {
  readonly span: Span;
  readonly name: QualifiedName;
  readonly options: readonly {
    readonly strategy: "including" | "excluding" | "overwriting";
    readonly feature: LikeFeature;
  }[];
}

export interface AlterTable {
  readonly kind: "alter-table";
  readonly span: Span;
  /** ALTER MATERIALIZED TABLE takes the actions on its schema, too. */
  readonly materialized: boolean;
  readonly ifExists: boolean;
  readonly name: QualifiedName;
  readonly action: AlterTableAction;
}

export type AlterTableAction =
  | { readonly kind: "rename"; readonly newName: QualifiedName }
  | { readonly kind: "rename column"; readonly column: QualifiedName; readonly newName: Identifier }
  | { readonly kind: "set"; readonly options: readonly Option[] }
  | { readonly kind: "reset"; readonly keys: readonly string[] }
  /** ADD and MODIFY of columns, constraints and a watermark, with or without brackets. */
  | {
      readonly kind: "add" | "modify";
      readonly schema: TableSchema;
      /** As many as columns. */
      readonly positions: readonly (ColumnPosition | undefined)[];
    }
  | { readonly kind: "add distribution" | "modify distribution"; readonly distribution: Distribution }
  | { readonly kind: "drop columns"; readonly columns: readonly QualifiedName[] }
  | { readonly kind: "drop primary key" | "drop watermark" | "drop distribution" }
  | { readonly kind: "drop constraint"; readonly constraint: Identifier }
  | {
      readonly kind: "add partitions";
      readonly ifNotExists: boolean;
      readonly partitions: readonly { readonly values: PartitionSpec; readonly options: readonly Option[] }[];
    }
  | {
      readonly kind: "drop partitions";
      readonly ifExists: boolean;
      readonly partitions: readonly PartitionSpec[];
    }
  /** Of materialized tables only. */
  | MaterializedTableAction;

export type MaterializedTableAction =
  | { readonly kind: "suspend" }
  | { readonly kind: "resume"; readonly options: readonly Option[] }
  | { readonly kind: "refresh"; readonly partition: PartitionSpec }
  | { readonly kind: "set freshness"; readonly freshness: Expression }
  | { readonly kind: "set refresh mode"; readonly mode: RefreshMode }
  | { readonly kind: "as"; readonly query: Query };

export type RefreshMode = "full" | "continuous";

export type ColumnPosition =
  | { readonly kind: "first" }
  | { readonly kind: "after"; readonly column: QualifiedName };

/** `(p = 'x', q)`: the value is a literal, or nothing. */
export type PartitionSpec = readonly PartitionValue[];

export interface PartitionValue {
  readonly span: Span;
  readonly column: Identifier;
  readonly value: Expression | undefined;
}

/** CREATE [OR ALTER] MATERIALIZED TABLE */
export interface CreateMaterializedTable {
  readonly kind: "create-materialized-table";
  readonly span: Span;
  readonly orAlter: boolean;
  readonly ifNotExists: boolean;
  readonly name: QualifiedName;
  readonly schema: TableSchema;
  readonly columnOrder: readonly Identifier[];
  readonly comment: string | undefined;
  readonly distribution: Distribution | undefined;
  readonly partitionedBy: readonly Identifier[];
  readonly options: readonly Option[];
  /** FRESHNESS = INTERVAL ... */
  readonly freshness: Expression | undefined;
  readonly refreshMode: RefreshMode | undefined;
  readonly as: Query;
}
