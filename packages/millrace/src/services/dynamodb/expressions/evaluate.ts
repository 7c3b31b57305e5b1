import { unreachable } from "../../../core/assert.ts";
import { type AttributeValue, type Item, newItem, typeOf } from "../values/attribute-value.ts";
import { beginsWith, compareValues, containsValue, sizeOf, valuesEqual } from "../values/compare.ts";
import type { Comparator, Condition, Operand } from "./condition.ts";
import { valueAt } from "./path.ts";

const noItem: Item = Object.freeze(newItem());

/** Whether a condition holds for an item. An item that is not there has no attributes. */
export function holds(condition: Condition, item: Item = noItem): boolean {
  switch (condition.kind) {
    case "and":
      return condition.terms.every((term) => holds(term, item));
    case "or":
      return condition.terms.some((term) => holds(term, item));
    case "not":
      return !holds(condition.term, item);
    case "compare":
      return compare(condition.comparator, operandOf(condition.left, item), operandOf(condition.right, item));
    case "between": {
      const operand = operandOf(condition.operand, item);
      return (
        compare(">=", operand, operandOf(condition.low, item)) &&
        compare("<=", operand, operandOf(condition.high, item))
      );
    }
    case "in": {
      const operand = operandOf(condition.operand, item);
      return condition.list.some((other) => compare("=", operand, operandOf(other, item)));
    }
    case "exists":
      return valueAt(item, condition.path) !== undefined;
    case "not exists":
      return valueAt(item, condition.path) === undefined;
    case "type": {
      const operand = operandOf(condition.operand, item);
      return operand !== undefined && typeOf(operand) === condition.type;
    }
    case "begins with":
      return bothHold(condition, item, beginsWith);
    case "contains":
      return bothHold(condition, item, containsValue);
    default:
      return unreachable(condition);
  }
}

function bothHold(
  { operand, part }: { readonly operand: Operand; readonly part: Operand },
  item: Item,
  test: (whole: AttributeValue, part: AttributeValue) => boolean,
): boolean {
  const [whole, inner] = [operandOf(operand, item), operandOf(part, item)];
  return whole !== undefined && inner !== undefined && test(whole, inner);
}

function operandOf(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === "value") return operand.value;
  if (operand.kind === "path") return valueAt(item, operand.path);
  const value = operandOf(operand.of, item);
  const size = value === undefined ? undefined : sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

/** Only `<>` holds where an operand is missing or the types differ. */
function compare(
  comparator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  if (left === undefined || right === undefined) return comparator === "<>";
  if (comparator === "=") return valuesEqual(left, right);
  if (comparator === "<>") return !valuesEqual(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  if (comparator === "<") return order < 0;
  if (comparator === "<=") return order <= 0;
  return comparator === ">" ? order > 0 : order >= 0;
}
