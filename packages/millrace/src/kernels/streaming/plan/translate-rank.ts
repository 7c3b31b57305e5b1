import type { RankRelation, SortRelation } from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { byKeys, type Draft, insertOnly, isInsertOnly, type WindowColumns } from "./draft.ts";
import { namesText, orderText } from "./expression-text.ts";
import { notHere } from "./refusal.ts";
import type { Translator } from "./translator.ts";

/** Top-N: of windows, of time (deduplication), or of all that ever came. */
export function translateRank(translator: Translator, relation: RankRelation): Draft {
  const input = translator.translate(relation.input);
  const { window } = input;
  const isWindowed =
    window?.start !== undefined &&
    window.end !== undefined &&
    relation.partition.includes(window.start) &&
    relation.partition.includes(window.end);
  if (isWindowed) return windowRank(translator, relation, input, window);
  return isDeduplication(relation, input)
    ? deduplicate(translator, relation, input)
    : rank(translator, relation, input);
}

/** ORDER BY with a limit. @throws SqlError 0A000 without one */
export function translateSort(translator: Translator, relation: SortRelation): Draft {
  const { fetch, offset, fields, order } = relation;
  if (fetch === undefined) {
    if (order.length === 0 && offset === 0) return translator.translate(relation.input);
    throw notHere("ORDER BY without LIMIT in a streaming query");
  }
  return translateRank(translator, {
    ...{ kind: "rank", fields, input: relation.input, partition: [], order },
    ...{ from: offset + 1, to: offset + fetch, emitsRank: false },
  });
}

function isDeduplication({ order, from, to, emitsRank }: RankRelation, input: Draft): boolean {
  const [key, ...others] = order;
  return (
    key !== undefined &&
    others.length === 0 &&
    input.fields[key.column]?.time !== undefined &&
    from === 1 &&
    to === 1 &&
    !emitsRank &&
    isInsertOnly(input.changes)
  );
}

const plain = (fields: readonly Field[]): readonly Field[] =>
  fields.map(({ name, type }) => ({ name, type }));

function deduplicate({ graph }: Translator, { partition, order }: RankRelation, input: Draft): Draft {
  const [key] = order;
  const timeColumn = key?.column ?? -1;
  const keep = key?.descending === true ? "last" : "first";
  const isEventTime = input.fields[timeColumn]?.time === "rowtime";
  return graph.add({
    // Rows come as they are: the first ones keep their time attribute.
    fields: keep === "first" && isEventTime ? input.fields : plain(input.fields),
    inputs: [byKeys(input, partition)],
    // The first row by event time may be displaced by an earlier one that comes later.
    changes: keep === "first" && !isEventTime ? insertOnly : { updates: true, deletes: false },
    key: partition,
    window: undefined,
    name: "Deduplicate",
    details: `keep=[${keep === "first" ? "FirstRow" : "LastRow"}], key=[${namesText(partition, input.fields)}], order=[${isEventTime ? "ROWTIME" : "PROCTIME"}]`,
    operator: ({ emitsUpdateBefore }) => ({
      ...{ kind: "deduplicate", keys: partition, timeColumn, isEventTime, keep, emitsUpdateBefore },
    }),
  });
}

function rank({ graph }: Translator, relation: RankRelation, input: Draft): Draft {
  const { partition, order, from, to, emitsRank, fields } = relation;
  const inputUpsertKey = input.changes.updates ? input.key : undefined;
  const rankColumn = emitsRank ? [input.fields.length] : [];
  return graph.add({
    fields: plain(fields),
    inputs: [byKeys(input, partition)],
    // Without an order the first to come stay.
    changes:
      order.length === 0 && isInsertOnly(input.changes) ? insertOnly : { updates: true, deletes: true },
    key: emitsRank ? [...partition, ...rankColumn] : to === 1 ? partition : input.key,
    window: undefined,
    name: partition.length === 0 && !emitsRank ? (order.length === 0 ? "Limit" : "SortLimit") : "Rank",
    details: rankText(relation, input),
    operator: ({ retracts, emitsUpdateBefore }) => ({
      ...{ kind: "rank", partition, order, from, to, emitsRank, inputUpsertKey, emitsUpdateBefore },
      retracts: retracts[0] === true,
    }),
  });
}

function windowRank(
  { graph }: Translator,
  relation: RankRelation,
  input: Draft,
  window: WindowColumns,
): Draft {
  if (!isInsertOnly(input.changes))
    throw notHere(`Window Top-N over a changelog with updates (${input.name})`);
  const { start = -1, end = -1, isEventTime, isLocalTime } = window;
  const partition = relation.partition.filter(
    (column) => column !== start && column !== end && column !== window.time,
  );
  const { order, from, to, emitsRank, fields } = relation;
  return graph.add({
    fields: [...input.fields, ...plain(fields.slice(input.fields.length))],
    inputs: [byKeys(input, partition)],
    changes: insertOnly,
    key: undefined,
    window,
    name: "WindowRank",
    details: `window=[win_start=[${input.fields[start]?.name}], win_end=[${input.fields[end]?.name}]], ${rankText(relation, input)}`,
    operator: () => ({
      kind: "windowRank",
      window: { kind: "columns", startColumn: start, endColumn: end, isEventTime, isLocalTime },
      ...{ partition, order, from, to, emitsRank },
    }),
  });
}

function rankText({ partition, order, from, to, emitsRank }: RankRelation, input: Draft): string {
  return (
    `rankType=[ROW_NUMBER], rankRange=[rankStart=${from}, rankEnd=${to}], ` +
    `partitionBy=[${namesText(partition, input.fields)}], orderBy=[${orderText(order, input.fields)}], ` +
    `outputRankNumber=[${emitsRank}]`
  );
}
