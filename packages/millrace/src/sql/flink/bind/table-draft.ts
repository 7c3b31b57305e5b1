import type { Span } from "../../position.ts";
import type { Expression } from "../ast/tree.ts";
import type { BoundExpression } from "../bound-expression.ts";
import type { CatalogTable } from "../catalog/catalog-object.ts";
import type { FlinkType } from "../types.ts";

/** A table while it is put together: by CREATE TABLE, LIKE, ALTER TABLE, or from what a catalog has stored. */
export interface TableDraft {
  columns: DraftColumn[];
  watermark: DraftWatermark | undefined;
  primaryKey: { readonly name: string | undefined; readonly columns: readonly string[] } | undefined;
  partitionKeys: readonly string[];
  options: Readonly<Record<string, string>>;
  comment: string | undefined;
}

export type DraftColumn = {
  readonly name: string;
  readonly comment: string | undefined;
  /** Where it was written, for errors. */
  readonly span: Span | undefined;
} & (
  | { readonly kind: "physical"; readonly type: FlinkType }
  | {
      readonly kind: "metadata";
      readonly type: FlinkType;
      readonly key: string;
      readonly isVirtual: boolean;
    }
  | { readonly kind: "computed"; readonly expression: DraftExpression }
);

export interface DraftWatermark {
  readonly column: string;
  readonly span: Span | undefined;
  readonly expression: DraftExpression;
}

/** Written, or bound before over columns of these names. */
export type DraftExpression =
  | { readonly kind: "written"; readonly node: Expression; readonly text: string }
  | {
      readonly kind: "bound";
      readonly expression: BoundExpression;
      readonly names: readonly string[];
      readonly text: string;
    };

/** A draft of a table as it is. */
export function draftOf(table: CatalogTable): TableDraft {
  const { definition, columnTexts } = table;
  const names = definition.columns.map((column) => column.field.name);
  const columns = definition.columns.map((column, index): DraftColumn => {
    const shared = { name: column.field.name, comment: columnTexts[index]?.comment, span: undefined };
    if (column.kind === "computed") {
      const text = columnTexts[index]?.expression ?? "";
      return {
        ...shared,
        kind: "computed",
        expression: { kind: "bound", expression: column.expression, names, text },
      };
    }
    const { type } = column.field;
    if (column.kind === "physical") return { ...shared, kind: "physical", type };
    return { ...shared, kind: "metadata", type, key: column.key, isVirtual: column.isVirtual };
  });
  const { watermark } = definition;
  const named = (indexes: readonly number[]): readonly string[] => indexes.map((index) => names[index] ?? "");
  return {
    columns,
    watermark:
      watermark === undefined
        ? undefined
        : {
            column: names[watermark.column] ?? "",
            span: undefined,
            expression: {
              kind: "bound",
              expression: watermark.expression,
              names,
              text: table.watermarkText ?? "",
            },
          },
    primaryKey:
      definition.primaryKey.length === 0
        ? undefined
        : { name: table.keyName, columns: named(definition.primaryKey) },
    partitionKeys: named(definition.partitionKeys),
    options: definition.options,
    comment: table.comment,
  };
}
