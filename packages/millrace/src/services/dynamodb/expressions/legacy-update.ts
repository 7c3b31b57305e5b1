import { invalidParameter } from "../errors.ts";
import { type AttributeValue, typeOf } from "../values/attribute-value.ts";
import { checkValue, typeWords } from "../values/check-value.ts";
import { isSet } from "../values/compare.ts";
import type { Path } from "./path.ts";
import type { Update, UpdateAction } from "./update.ts";

interface LegacyAttributeUpdate {
  readonly Action?: string | undefined;
  readonly Value?: unknown;
}

/** `AttributeUpdates` as an update. */
export function legacyUpdate(updates: Readonly<Record<string, LegacyAttributeUpdate>> | undefined): Update {
  return Object.entries(updates ?? {}).map(([name, { Action = "PUT", Value }]) => {
    if (Value !== undefined) return valueAction([name], Action, checkValue(Value));
    if (Action !== "DELETE")
      throw invalidParameter("Only DELETE action is allowed when no attribute value is specified");
    return { kind: "remove", path: [name] };
  });
}

function valueAction(path: Path, action: string, value: AttributeValue): UpdateAction {
  const type = typeOf(value);
  if (action === "PUT") return { kind: "set", path, value: { kind: "value", value } };
  if (action === "DELETE") {
    if (!isSet(type))
      throw invalidParameter(`DELETE action with value is not supported for the type ${typeWords[type]}`);
    return { kind: "delete", path, value };
  }
  if (type === "L") return appended(path, value);
  if (type !== "N" && !isSet(type))
    throw invalidParameter(`ADD action is not supported for the type ${typeWords[type]}`);
  return { kind: "add", path, value };
}

/** `ADD` of a list appends its elements. */
function appended(path: Path, value: AttributeValue): UpdateAction {
  const empty: AttributeValue = { L: [] };
  return {
    kind: "set",
    path,
    value: {
      kind: "list append",
      left: { kind: "if not exists", path, otherwise: { kind: "value", value: empty } },
      right: { kind: "value", value },
    },
  };
}
