import type { Field } from "../../../sql/flink/types.ts";
import type { Operator, OperatorContext } from "../operator.ts";
import { Calc } from "../operators/calc.ts";
import { Deduplicate } from "../operators/deduplicate.ts";
import { GroupAggregate } from "../operators/group-aggregate.ts";
import { IntervalJoin } from "../operators/interval-join.ts";
import { Join } from "../operators/join.ts";
import { Normalize } from "../operators/normalize.ts";
import { Rank } from "../operators/rank.ts";
import { Union } from "../operators/union.ts";
import { Unnest } from "../operators/unnest.ts";
import { Values } from "../operators/values.ts";
import { WatermarkAssigner } from "../operators/watermark-assigner.ts";
import { createWindowAggregate } from "../operators/window-aggregate.ts";
import { WindowAssign } from "../operators/window-assign.ts";
import { WindowJoin } from "../operators/window-join.ts";
import { WindowRank } from "../operators/window-rank.ts";
import type { PlanNode } from "../plan/physical-plan.ts";

/** Makes the operator of a node that is neither source nor sink, for one subtask. */
export function createOperator(
  node: PlanNode,
  inputs: readonly (readonly Field[])[],
  context: OperatorContext,
): Operator {
  const { operator, fields } = node;
  switch (operator.kind) {
    case "values":
      return new Values(operator, inputs, fields, context);
    case "calc":
      return new Calc(operator, inputs, fields, context);
    case "watermark":
      return new WatermarkAssigner(operator, inputs, fields, context);
    case "union":
      return new Union(operator, inputs, fields, context);
    case "windowAssign":
      return new WindowAssign(operator, inputs, fields, context);
    case "windowAggregate":
      return createWindowAggregate(operator, inputs, fields, context);
    case "groupAggregate":
      return new GroupAggregate(operator, inputs, fields, context);
    case "join":
      return new Join(operator, inputs, fields, context);
    case "intervalJoin":
      return new IntervalJoin(operator, inputs, fields, context);
    case "windowJoin":
      return new WindowJoin(operator, inputs, fields, context);
    case "deduplicate":
      return new Deduplicate(operator, inputs, fields, context);
    case "rank":
      return new Rank(operator, inputs, fields, context);
    case "windowRank":
      return new WindowRank(operator, inputs, fields, context);
    case "unnest":
      return new Unnest(operator, inputs, fields, context);
    case "normalize":
      return new Normalize(operator, inputs, fields, context);
    default:
      throw new Error(`${context.name}: no operator for ${operator.kind} of ${inputs.length} inputs`);
  }
}
