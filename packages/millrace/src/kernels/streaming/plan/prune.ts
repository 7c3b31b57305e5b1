import type { BoundExpression } from "../../../sql/flink/bound-expression.ts";
import type {
  AggregateRelation,
  JoinRelation,
  RankRelation,
  Relation,
  SortKey,
  SortRelation,
  UnnestRelation,
  WindowTableRelation,
} from "../../../sql/flink/relation.ts";
import type { Field } from "../../../sql/flink/types.ts";
import { columnsOf, moveColumns } from "./expression-walk.ts";

/** A relation without columns that nobody reads. */
interface Pruned {
  readonly relation: Relation;
  /** Where each column of the relation before is now; -1 for those that are gone. */
  readonly places: readonly number[];
}

/** The relation with all its columns, whose inputs have only those that are read. */
export function pruneColumns(relation: Relation): Relation {
  const all = new Set(relation.fields.keys());
  const { relation: pruned, places } = prune(relation, all);
  if (places.every((place, index) => place === index) && pruned.fields.length === places.length)
    return pruned;
  return project(pruned, relation.fields, places);
}

function project(input: Relation, fields: readonly Field[], places: readonly number[]): Relation {
  const expressions = fields.map(
    ({ type }, index): BoundExpression => ({ kind: "column", type, index: places[index] ?? -1 }),
  );
  return { kind: "project", fields, input, expressions };
}

function prune(relation: Relation, required: ReadonlySet<number>): Pruned {
  switch (relation.kind) {
    case "scan":
    case "values":
      return keepOf(relation, required);
    case "project": {
      const kept = inOrder(required);
      const expressions = kept.map((column) => relation.expressions[column] as BoundExpression);
      const below = prune(relation.input, unionOf(expressions));
      return {
        relation: {
          ...relation,
          fields: kept.map((column) => relation.fields[column] as Field),
          input: below.relation,
          expressions: expressions.map((expression) => moveColumns(expression, below.places)),
        },
        places: placesOf(kept, relation.fields.length),
      };
    }
    case "filter": {
      const below = prune(relation.input, new Set([...required, ...columnsOf(relation.condition)]));
      const condition = moveColumns(relation.condition, below.places);
      return {
        ...below,
        relation: { ...relation, fields: below.relation.fields, input: below.relation, condition },
      };
    }
    case "union": {
      const kept = inOrder(required);
      // Each input has the columns in the same order, whatever it has to do for it.
      const inputs = relation.inputs.map(
        (input) => keepOf(prunedInput(input, required, kept), undefined).relation,
      );
      const fields = kept.map((column) => relation.fields[column] as Field);
      return { relation: { ...relation, fields, inputs }, places: placesOf(kept, relation.fields.length) };
    }
    case "aggregate":
      return pruneAggregate(relation, required);
    case "join":
      return pruneJoin(relation, required);
    case "windowTable":
      return pruneWindowTable(relation, required);
    case "rank":
      return pruneRank(relation, required);
    case "sort":
      return pruneSort(relation, required);
    case "unnest":
      return pruneUnnest(relation, required);
    case "over":
      throw new Error("an OVER was left behind the recognition of ranks");
  }
}

function prunedInput(input: Relation, required: ReadonlySet<number>, kept: readonly number[]): Relation {
  const below = prune(input, required);
  const fields = kept.map((column) => input.fields[column] as Field);
  return project(
    below.relation,
    fields,
    kept.map((column) => below.places[column] ?? -1),
  );
}

/** A projection to the columns that are read; of a relation that cannot be narrowed itself. */
function keepOf(relation: Relation, required: ReadonlySet<number> | undefined): Pruned {
  const kept = required === undefined ? [...relation.fields.keys()] : inOrder(required);
  if (relation.kind === "project") return { relation, places: kept };
  const fields = kept.map((column) => relation.fields[column] as Field);
  return { relation: project(relation, fields, kept), places: placesOf(kept, relation.fields.length) };
}

function pruneAggregate(relation: AggregateRelation, required: ReadonlySet<number>): Pruned {
  const { groups, fields } = relation;
  const kept = [...fields.keys()].filter((column) => column < groups.length || required.has(column));
  const calls = kept.slice(groups.length).map((column) => {
    const call = relation.calls[column - groups.length];
    if (call === undefined) throw new Error("an aggregate has fewer calls than columns");
    return call;
  });
  const read = calls.flatMap((call) => [
    ...call.arguments,
    ...(call.filter === undefined ? [] : [call.filter]),
  ]);
  const below = prune(relation.input, new Set([...groups, ...read]));
  const place = (column: number): number => below.places[column] ?? -1;
  return {
    relation: {
      ...relation,
      fields: kept.map((column) => fields[column] as Field),
      input: below.relation,
      groups: groups.map(place),
      calls: calls.map((call) => ({
        ...call,
        arguments: call.arguments.map(place),
        filter: call.filter === undefined ? undefined : place(call.filter),
      })),
    },
    places: placesOf(kept, fields.length),
  };
}

function pruneJoin(relation: JoinRelation, required: ReadonlySet<number>): Pruned {
  const { left, right, condition } = relation;
  const leftCount = left.fields.length;
  const read = new Set([...required, ...(condition === undefined ? [] : columnsOf(condition))]);
  const leftBelow = prune(left, new Set([...read].filter((column) => column < leftCount)));
  const rightBelow = prune(
    right,
    new Set([...read].filter((column) => column >= leftCount).map((column) => column - leftCount)),
  );
  const kept = leftBelow.relation.fields.length;
  const places = [...leftBelow.places, ...rightBelow.places.map((place) => (place < 0 ? -1 : place + kept))];
  const hasRight = relation.type !== "semi" && relation.type !== "anti";
  const isOuterLeft = relation.type === "right" || relation.type === "full";
  const isOuterRight = relation.type === "left" || relation.type === "full";
  const leftFields = leftBelow.relation.fields.map((field) => (isOuterLeft ? nullable(field) : field));
  const rightFields = rightBelow.relation.fields.map((field) => (isOuterRight ? nullable(field) : field));
  return {
    relation: {
      ...relation,
      left: leftBelow.relation,
      right: rightBelow.relation,
      condition: condition === undefined ? undefined : moveColumns(condition, places),
      fields: hasRight ? [...leftFields, ...rightFields] : leftFields,
    },
    places: hasRight ? places : places.slice(0, leftCount),
  };
}

function nullable(field: Field): Field {
  return { ...field, type: { ...field.type, nullable: true } };
}

function pruneWindowTable(relation: WindowTableRelation, required: ReadonlySet<number>): Pruned {
  const { input, shape, timeColumn } = relation;
  const count = input.fields.length;
  const session = shape.kind === "session" ? shape.partition : [];
  const below = prune(
    input,
    new Set([...[...required].filter((column) => column < count), timeColumn, ...session]),
  );
  const place = (column: number): number => below.places[column] ?? -1;
  const kept = below.relation.fields.length;
  return {
    relation: {
      ...relation,
      input: below.relation,
      timeColumn: place(timeColumn),
      shape: shape.kind === "session" ? { ...shape, partition: shape.partition.map(place) } : shape,
      fields: [...below.relation.fields, ...relation.fields.slice(count)],
    },
    places: [...below.places, kept, kept + 1, kept + 2],
  };
}

function pruneRank(relation: RankRelation, required: ReadonlySet<number>): Pruned {
  const { input, partition, order } = relation;
  const count = input.fields.length;
  const below = prune(
    input,
    new Set([...[...required].filter((column) => column < count), ...partition, ...columnsOfOrder(order)]),
  );
  const emitsRank = relation.emitsRank && required.has(count);
  const kept = below.relation.fields.length;
  return {
    relation: {
      ...relation,
      input: below.relation,
      partition: partition.map((column) => below.places[column] ?? -1),
      order: movedOrder(order, below.places),
      emitsRank,
      fields: emitsRank ? [...below.relation.fields, relation.fields[count] as Field] : below.relation.fields,
    },
    places: [...below.places, emitsRank ? kept : -1].slice(0, relation.fields.length),
  };
}

function pruneSort(relation: SortRelation, required: ReadonlySet<number>): Pruned {
  const below = prune(relation.input, new Set([...required, ...columnsOfOrder(relation.order)]));
  const order = movedOrder(relation.order, below.places);
  return {
    relation: { ...relation, fields: below.relation.fields, input: below.relation, order },
    places: below.places,
  };
}

function pruneUnnest(relation: UnnestRelation, required: ReadonlySet<number>): Pruned {
  const { input, collection, fields } = relation;
  const count = input.fields.length;
  const below = prune(
    input,
    new Set([...[...required].filter((column) => column < count), ...columnsOf(collection)]),
  );
  const kept = below.relation.fields.length;
  const elements = fields.slice(count);
  return {
    relation: {
      ...relation,
      input: below.relation,
      collection: moveColumns(collection, below.places),
      fields: [...below.relation.fields, ...elements],
    },
    places: [...below.places, ...elements.map((_, index) => kept + index)],
  };
}

const columnsOfOrder = (order: readonly SortKey[]): readonly number[] => order.map(({ column }) => column);

function movedOrder(order: readonly SortKey[], places: readonly number[]): readonly SortKey[] {
  return order.map((key) => ({ ...key, column: places[key.column] ?? -1 }));
}

function unionOf(expressions: readonly BoundExpression[]): ReadonlySet<number> {
  const columns = new Set<number>();
  for (const expression of expressions) columnsOf(expression, columns);
  return columns;
}

const inOrder = (columns: ReadonlySet<number>): readonly number[] => [...columns].sort((a, b) => a - b);

function placesOf(kept: readonly number[], count: number): readonly number[] {
  const places = new Array<number>(count).fill(-1);
  for (const [place, column] of kept.entries()) places[column] = place;
  return places;
}
