import type { Limits, ListShape, MapShape, Member, Shape, StructureShape } from "../model/shape.ts";
import { type FailureSink, limitChecks } from "./limit-check.ts";

/**
 * Checks a value that has the right types. Without a sink it only says whether all is well, which is what
 * nearly every call needs; with one it collects each failure with its path.
 */
export type Validate = (value: unknown, sink: FailureSink | undefined, path: string) => boolean;

const accept: Validate = () => true;

/** Compiles shapes into closures that check required members and the model's constraints. */
export class Validators {
  readonly #cache = new WeakMap<Shape, Validate>();

  validator(shape: Shape): Validate {
    const known = this.#cache.get(shape);
    if (known !== undefined) return known;
    const validate = this.#compile(shape);
    this.#cache.set(shape, validate);
    return validate;
  }

  #compile(shape: Shape): Validate {
    switch (shape.kind) {
      case "structure":
        return this.#structure(shape);
      case "list":
        return this.#list(shape);
      case "map":
        return this.#map(shape);
      default:
        return simpleValidator(shape.kind, shape.limits);
    }
  }

  #structure(shape: StructureShape): Validate {
    let checks: readonly MemberCheck[] | undefined;
    return (value, sink, path) => {
      checks ??= shape.members
        .map((member) => ({ member, validate: this.validator(member.shape) }))
        .filter(({ member, validate }) => member.required || validate !== accept);
      return validateStructure(checks, value as Readonly<Record<string, unknown>>, sink, path);
    };
  }

  #list(shape: ListShape): Validate {
    const limits = limitChecks("list", shape.limits);
    let element: Validate | undefined;
    return (value, sink, path) => {
      element ??= this.validator(shape.element.shape);
      return validateList(value as readonly unknown[], isNested(shape.element.shape), {
        limits,
        element,
        sink,
        path,
      });
    };
  }

  #map(shape: MapShape): Validate {
    const limits = limitChecks("map", shape.limits);
    let key: Validate | undefined;
    let element: Validate | undefined;
    return (value, sink, path) => {
      key ??= this.validator(shape.key.shape);
      element ??= this.validator(shape.value.shape);
      return validateMap(value as Readonly<Record<string, unknown>>, isNested(shape.value.shape), {
        limits,
        key,
        element,
        sink,
        path,
      });
    };
  }
}

interface MemberCheck {
  readonly member: Member;
  readonly validate: Validate;
}

interface CollectionCheck {
  readonly limits: ReturnType<typeof limitChecks>;
  readonly element: Validate;
  readonly sink: FailureSink | undefined;
  readonly path: string;
}

function simpleValidator(kind: string, limits: Limits): Validate {
  const checks = limitChecks(kind, limits);
  if (checks.length === 0) return accept;
  return (value, sink, path) => {
    let valid = true;
    for (const check of checks) {
      if (check.allows(value)) continue;
      valid = false;
      sink?.add(value, path, check.text);
    }
    return valid;
  };
}

function validateStructure(
  checks: readonly MemberCheck[],
  value: Readonly<Record<string, unknown>>,
  sink: FailureSink | undefined,
  path: string,
): boolean {
  let valid = true;
  for (const { member, validate } of checks) {
    const item = value[member.name];
    if (item === undefined) {
      if (!member.required) continue;
      valid = false;
      sink?.add(undefined, memberPath(path, member.name), "Member must not be null");
    } else if (!validate(item, sink, sink === undefined ? "" : memberPath(path, member.name))) valid = false;
  }
  return valid;
}

function validateList(values: readonly unknown[], nested: boolean, check: CollectionCheck): boolean {
  const { element, sink, path } = check;
  let valid = validateSize(values.length, values, check);
  if (element === accept && !values.includes(null)) return valid;
  // AWS reports failing scalars with the whole list, and failing structures with their own path.
  const inner = nested ? undefined : sink?.inner();
  for (let index = 0; index < values.length; index++) {
    const item = values[index];
    if (item === null) {
      valid = false;
      sink?.add(undefined, `${path}.${index + 1}.member`, "Member must not be null");
    } else if (!element(item, inner ?? sink, sink === undefined ? "" : `${path}.${index + 1}.member`))
      valid = false;
  }
  inner?.report(sink, values, path, "Member must satisfy constraint");
  return valid;
}

function validateMap(
  values: Readonly<Record<string, unknown>>,
  nested: boolean,
  check: CollectionCheck & { readonly key: Validate },
): boolean {
  const { key: validateKey, element, sink, path } = check;
  const keys = Object.keys(values);
  let valid = validateSize(keys.length, values, check);
  const keySink = sink?.inner();
  const inner = nested ? undefined : sink?.inner();
  for (const key of keys) {
    const item = values[key];
    const itemPath = sink === undefined ? "" : `${path}.${key}.member`;
    if (!validateKey(key, keySink, path)) valid = false;
    if (item === null) {
      valid = false;
      sink?.add(undefined, itemPath, "Member must not be null");
    } else if (!element(item, inner ?? sink, itemPath)) valid = false;
  }
  keySink?.report(sink, values, path, "Map keys must satisfy constraint");
  inner?.report(sink, values, path, "Map value must satisfy constraint");
  return valid;
}

function validateSize(size: number, value: unknown, check: CollectionCheck): boolean {
  let valid = true;
  for (const limit of check.limits) {
    if (limit.allows(size)) continue;
    valid = false;
    check.sink?.add(value, check.path, limit.text);
  }
  return valid;
}

function isNested(shape: Shape): boolean {
  return shape.kind === "structure" || shape.kind === "list" || shape.kind === "map";
}

/** AWS names members in lower camel case: `streamARN`, `records.1.member.data`. */
function memberPath(path: string, name: string): string {
  const lower = name.charAt(0).toLowerCase() + name.slice(1);
  return path === "" ? lower : `${path}.${lower}`;
}
