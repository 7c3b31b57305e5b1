import type { LikeClause, LikeFeature } from "../ast/table.ts";
import { invalid } from "./bind-error.ts";
import type { DraftColumn, TableDraft } from "./table-draft.ts";

type Strategy = LikeClause["options"][number]["strategy"];
type Feature = Exclude<LikeFeature, "all" | "distribution">;

const usual: Readonly<Record<Feature, Strategy>> = Object.freeze({
  constraints: "including",
  generated: "including",
  metadata: "including",
  options: "overwriting",
  partitions: "including",
  watermarks: "including",
});

/** What LIKE takes over from the base table, before what the new one adds. */
export function mergedLike(base: TableDraft, own: TableDraft, like: LikeClause): TableDraft {
  const strategies = strategiesOf(like);
  const at = like.span.start;
  return {
    columns: mergedColumns(base, own, strategies),
    watermark: mergedWatermark(base, own, strategies.watermarks, at),
    primaryKey: either(
      base.primaryKey,
      own.primaryKey,
      strategies.constraints,
      "a primary key",
      "CONSTRAINTS",
      at,
    ),
    partitionKeys:
      either(
        nonEmpty(base.partitionKeys),
        nonEmpty(own.partitionKeys),
        strategies.partitions,
        "partitions",
        "PARTITIONS",
        at,
      ) ?? [],
    options: mergedOptions(base.options, own.options, strategies.options, at),
    comment: own.comment ?? base.comment,
  };
}

function strategiesOf(like: LikeClause): Readonly<Record<Feature, Strategy>> {
  const strategies: Record<Feature, Strategy> = { ...usual };
  const all = like.options.find((option) => option.feature === "all")?.strategy;
  if (all === "overwriting") throw invalid("OVERWRITING ALL does not exist", like.span.start, "42601");
  if (all !== undefined) {
    for (const feature of Object.keys(strategies) as Feature[]) strategies[feature] = all;
  }
  for (const { strategy, feature } of like.options) {
    if (feature === "all" || feature === "distribution") continue;
    if (strategy === "overwriting" && (feature === "constraints" || feature === "partitions")) {
      throw invalid(`OVERWRITING ${feature.toUpperCase()} does not exist`, like.span.start, "42601");
    }
    strategies[feature] = strategy;
  }
  return strategies;
}

function strategyOf(
  column: DraftColumn,
  strategies: Readonly<Record<Feature, Strategy>>,
): Strategy | undefined {
  if (column.kind === "computed") return strategies.generated;
  return column.kind === "metadata" ? strategies.metadata : undefined;
}

function mergedColumns(
  base: TableDraft,
  own: TableDraft,
  strategies: Readonly<Record<Feature, Strategy>>,
): DraftColumn[] {
  const columns = base.columns.filter((column) => strategyOf(column, strategies) !== "excluding");
  for (const column of own.columns) {
    const place = columns.findIndex((entry) => entry.name === column.name);
    const before = columns[place];
    if (before === undefined) {
      columns.push(column);
      continue;
    }
    const isSameKind = before.kind === column.kind && before.kind !== "physical";
    const feature = before.kind === "computed" ? "GENERATED" : "METADATA";
    if (!isSameKind || strategyOf(before, strategies) !== "overwriting") {
      const advice = isSameKind ? `; say EXCLUDING ${feature} or OVERWRITING ${feature}` : "";
      throw invalid(
        `a column named '${column.name}' already exists in the base table${advice}`,
        column.span?.start,
        "42701",
      );
    }
    columns[place] = column;
  }
  return columns;
}

function mergedWatermark(
  base: TableDraft,
  own: TableDraft,
  strategy: Strategy,
  position: number,
): TableDraft["watermark"] {
  if (strategy === "overwriting") return own.watermark ?? base.watermark;
  return either(base.watermark, own.watermark, strategy, "a watermark", "WATERMARKS", position);
}

function either<T>(
  base: T | undefined,
  own: T | undefined,
  strategy: Strategy,
  what: string,
  feature: string,
  position: number,
): T | undefined {
  if (strategy === "excluding" || base === undefined) return own;
  if (own !== undefined) {
    throw invalid(`the base table already has ${what}; say EXCLUDING ${feature}`, position, "42P16");
  }
  return base;
}

function nonEmpty(names: readonly string[]): readonly string[] | undefined {
  return names.length === 0 ? undefined : names;
}

function mergedOptions(
  base: TableDraft["options"],
  own: TableDraft["options"],
  strategy: Strategy,
  position: number,
): TableDraft["options"] {
  if (strategy === "excluding") return own;
  const double = Object.keys(own).find((key) => Object.hasOwn(base, key));
  if (strategy === "including" && double !== undefined) {
    throw invalid(
      `there already exists an option '${double}' in the base table; say EXCLUDING OPTIONS or OVERWRITING OPTIONS`,
      position,
      "42701",
    );
  }
  return { ...base, ...own };
}
