import type { InsertStatement, Relation } from "../../../sql/flink/relation.ts";
import { calcChain } from "./calc-chain.ts";
import { inferChangelogs, modeText } from "./changelog.ts";
import type { ChangelogFlags } from "./draft.ts";
import { type Draft, DraftGraph, forward } from "./draft.ts";
import { expressionText } from "./expression-text.ts";
import type { PhysicalPlan, PlanNode } from "./physical-plan.ts";
import type { PlanSettings } from "./plan-settings.ts";
import { checkPlanSize } from "./plan-size.ts";
import { pruneColumns } from "./prune.ts";
import { pushFilters } from "./push-filters.ts";
import { recognizeRanks } from "./ranks.ts";
import { notHere, placed } from "./refusal.ts";
import { scanDemands } from "./scan-demand.ts";
import { translateAggregate } from "./translate-aggregate.ts";
import { translateChain } from "./translate-calc.ts";
import { translateJoin } from "./translate-join.ts";
import { translateRank, translateSort } from "./translate-rank.ts";
import { translateSink } from "./translate-sink.ts";
import { translateWindowTable } from "./translate-window.ts";
import type { Translator } from "./translator.ts";
import { uidsOf } from "./uid.ts";

export { explainPlan } from "./explain.ts";
export type { PlanSettings } from "./plan-settings.ts";
export { placed } from "./refusal.ts";

/**
 * The operators of a program: its inserts are one job, in which tables are read once and equal parts are one.
 * @throws SqlError 0A000 for what the engine has not, 42000 for what Flink refuses as well
 */
export function planProgram(inserts: readonly InsertStatement[], settings: PlanSettings): PhysicalPlan {
  checkPlanSize(inserts);
  const relations = inserts.map(({ input, position }) =>
    placed(position, () => pruneColumns(recognizeRanks(pushFilters(input)))),
  );
  const translator: Translator = {
    ...{ graph: new DraftGraph(), settings, demands: scanDemands(relations), scans: new Map() },
    translate: (relation) => translate(translator, relation),
  };
  for (const [index, insert] of inserts.entries()) {
    placed(insert.position, () =>
      translateSink(translator, insert, translator.translate(relations[index] as Relation)),
    );
  }
  return finish(translator.graph.drafts);
}

function translate(translator: Translator, relation: Relation): Draft {
  switch (relation.kind) {
    case "scan":
    case "project":
    case "filter":
      return translateChain(translator, calcChain(relation));
    case "values":
      return addValues(translator, relation);
    case "windowTable":
      return translateWindowTable(translator, relation);
    case "aggregate":
      return translateAggregate(translator, relation);
    case "join":
      return translateJoin(translator, relation);
    case "rank":
      return translateRank(translator, relation);
    case "sort":
      return translateSort(translator, relation);
    case "union":
      return addUnion(translator, relation);
    case "unnest":
      return addUnnest(translator, relation);
    case "over":
      throw notHere("OVER aggregation");
  }
}

function addValues({ graph }: Translator, { fields, rows }: Extract<Relation, { kind: "values" }>): Draft {
  return graph.add({
    ...{ fields, inputs: [], key: undefined, window: undefined },
    changes: { updates: false, deletes: false },
    name: "Values",
    details: `rows=[${rows.length}]`,
    operator: () => ({ kind: "values", rows }),
  });
}

function addUnion(translator: Translator, { fields, inputs }: Extract<Relation, { kind: "union" }>): Draft {
  const drafts = inputs.map((input) => translator.translate(input));
  const times = fields.map((_, index) => {
    const [first, ...others] = drafts.map((draft) => draft.fields[index]?.time);
    return others.every((time) => time === first) ? first : undefined;
  });
  return translator.graph.add({
    fields: fields.map(({ name, type }, index) => ({ name, type, time: times[index] })),
    inputs: drafts.map(forward),
    changes: {
      updates: drafts.some(({ changes }) => changes.updates),
      deletes: drafts.some(({ changes }) => changes.deletes),
    },
    key: undefined,
    window: undefined,
    name: "Union",
    details: `all=[true], union=[${fields.map(({ name }) => name).join(", ")}]`,
    needsUpdateBefore: "asOutput",
    operator: () => ({ kind: "union" }),
  });
}

function addUnnest(translator: Translator, relation: Extract<Relation, { kind: "unnest" }>): Draft {
  const input = translator.translate(relation.input);
  const { collection, isOuter, withOrdinality } = relation;
  const count = input.fields.length;
  return translator.graph.add({
    fields: [...input.fields, ...relation.fields.slice(count).map(({ name, type }) => ({ name, type }))],
    inputs: [forward(input)],
    changes: input.changes,
    key: undefined,
    window: input.window,
    name: "Correlate",
    details: `invocation=[UNNEST(${expressionText(collection, input.fields)})], joinType=[${isOuter ? "LEFT" : "INNER"}]`,
    needsUpdateBefore: "always",
    operator: () => ({ kind: "unnest", collection, isOuter, withOrdinality }),
  });
}

function finish(drafts: readonly Draft[]): PhysicalPlan {
  const { flags, modes } = inferChangelogs(drafts);
  const operators = drafts.map((draft, index) => draft.operator(flags[index] as ChangelogFlags));
  const uids = uidsOf(drafts, operators);
  return {
    nodes: drafts.map((draft, index): PlanNode => {
      const changelog = modes[index] ?? "append";
      const isSink = draft.name === "Sink";
      const mode = isSink ? "" : `, changelogMode=[${modeText(draft, changelog)}]`;
      return {
        id: draft.id,
        uid: uids[index] ?? "",
        description: `${draft.name}(${draft.details}${mode})`,
        inputs: draft.inputs.map(({ draft: { id }, exchange }) => ({ node: id, exchange })),
        fields: draft.fields,
        changelog,
        upsertKey: draft.key,
        operator: operators[index] as PlanNode["operator"],
      };
    }),
  };
}
