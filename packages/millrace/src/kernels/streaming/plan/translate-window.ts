import type { WindowShape, WindowTableRelation } from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { type Draft, forward, isInsertOnly } from "./draft.ts";
import { stableText } from "./expression-walk.ts";
import { invalidQuery, notHere } from "./refusal.ts";
import type { Translator } from "./translator.ts";

/** Windows as columns: for joins, ranks, or to be looked at. */
export function translateWindowTable(translator: Translator, relation: WindowTableRelation): Draft {
  const { graph } = translator;
  const { shape, timeColumn } = relation;
  const input = translator.translate(relation.input);
  checkTimeColumn(input, timeColumn, shape);
  if (shape.kind === "session") throw notHere("A SESSION window table that is not grouped by its window");
  if (!isInsertOnly(input.changes))
    throw notHere(`A window table over a changelog with updates (${input.name})`);
  const count = input.fields.length;
  const time = input.fields[timeColumn]?.time;
  const fields: readonly Field[] = [
    ...input.fields.map(({ name, type }) => ({ name, type })),
    ...relation.fields
      .slice(count)
      .map(({ name, type }, index) => (index === 2 ? { name, type, time } : { name, type })),
  ];
  const isEventTime = time === "rowtime";
  const isLocalTime = input.fields[timeColumn]?.type.kind === "timestamp_ltz";
  return graph.add({
    fields,
    inputs: [forward(input)],
    changes: input.changes,
    key: undefined,
    window: {
      ...{ start: count, end: count + 1, time: count + 2 },
      ...{ isEventTime, isLocalTime, shape: stableText([shape]) },
    },
    name: "WindowTableFunction",
    details: `window=[${shapeText(shape, input.fields[timeColumn]?.name ?? "")}]`,
    needsUpdateBefore: "asOutput",
    operator: () => ({ kind: "windowAssign", shape, timeColumn, isEventTime }),
  });
}

/** @throws SqlError when the column is no time attribute any more */
export function checkTimeColumn(input: Draft, column: number, shape: WindowShape): void {
  const field = input.fields[column];
  if (field?.time === undefined)
    throw invalidQuery(
      `The window function ${shape.kind.toUpperCase()} requires the timecol '${field?.name ?? ""}' to be a time attribute: ` +
        "joins, aggregations without windows and expressions make an ordinary column of it",
    );
}

export function shapeText(shape: WindowShape, time: string): string {
  const name = shape.kind.toUpperCase();
  const offset = "offsetMs" in shape && shape.offsetMs !== 0 ? `, offset=[${shape.offsetMs} ms]` : "";
  switch (shape.kind) {
    case "tumble":
      return `${name}(time_col=[${time}], size=[${durationText(shape.sizeMs)}]${offset})`;
    case "hop":
      return `${name}(time_col=[${time}], size=[${durationText(shape.sizeMs)}], slide=[${durationText(shape.slideMs)}]${offset})`;
    case "cumulate":
      return `${name}(time_col=[${time}], max_size=[${durationText(shape.maxMs)}], step=[${durationText(shape.stepMs)}]${offset})`;
    case "session":
      return `${name}(time_col=[${time}], gap=[${durationText(shape.gapMs)}])`;
  }
}

const units: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
];

function durationText(ms: number): string {
  const unit = units.find(([size]) => ms % size === 0);
  return unit === undefined ? `${ms} ms` : `${ms / unit[0]} ${unit[1]}`;
}
