import { assert } from "../../core/assert.ts";
import type { KindFacts, ModelFile, ShapeFacts, StructureFacts, TargetFacts } from "./model-file.ts";
import type {
  Limits,
  ListShape,
  MapShape,
  Member,
  Place,
  Shape,
  SimpleKind,
  SimpleShape,
  StructureShape,
  TimestampFormat,
} from "./shape.ts";

/** Turns the names in a model file into shapes, once each and only when asked. */
export class ShapeTable {
  readonly #file: ModelFile;
  /** `target|kind` -> shape. */
  readonly #shapes = new Map<string, Shape>();

  constructor(file: ModelFile) {
    this.#file = file;
  }

  structure(name: string): StructureShape | undefined {
    const facts = this.#file.shapes[name];
    if (facts === undefined || !("members" in facts)) return undefined;
    return this.#structure(name, facts);
  }

  place(target: TargetFacts, kind: string | undefined): Place {
    const [name, traits] = typeof target === "string" ? [target, {}] : target;
    return { shape: this.#shape(name, kind), traits };
  }

  #shape(name: string, kind: string | undefined): Shape {
    const facts = this.#file.shapes[name];
    if (facts !== undefined && "members" in facts) return this.#structure(name, facts);
    const key = `${name}|${kind ?? ""}`;
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const limits = kind === undefined ? undefined : this.#file.kinds[kind];
    const shape = facts === undefined ? this.#plain(name, limits) : this.#collection(facts, limits);
    this.#shapes.set(key, shape);
    return shape;
  }

  #structure(name: string, facts: StructureFacts): StructureShape {
    const known = this.#shapes.get(name);
    if (known?.kind === "structure") return known;
    const shape = new LazyStructure(this, name, facts, this.#file.members[name] ?? {});
    this.#shapes.set(name, shape);
    return shape;
  }

  #collection(facts: ShapeFacts, kind: KindFacts | undefined): ListShape | MapShape {
    if ("list" in facts) return new LazyList(this, facts.list, kind);
    assert("key" in facts, "a shape is a list, a map or a structure");
    return new LazyMap(this, facts.key, facts.value, kind);
  }

  /** A simple type, or a list or map of one. */
  #plain(name: string, kind: KindFacts | undefined): Shape {
    if (name.startsWith("list:")) return new LazyList(this, name.slice(5), kind);
    if (name.startsWith("map:")) return new LazyMap(this, "string", name.slice(4), kind);
    return simpleShape(name, kind);
  }
}

class LazyStructure implements StructureShape {
  readonly kind = "structure";
  readonly name: string;
  readonly union: boolean;
  readonly traits: StructureShape["traits"];
  readonly #table: ShapeTable;
  readonly #facts: StructureFacts;
  readonly #kinds: Readonly<Record<string, string>>;
  #members: readonly Member[] | undefined;
  #byName: ReadonlyMap<string, Member> | undefined;

  constructor(
    table: ShapeTable,
    name: string,
    facts: StructureFacts,
    kinds: Readonly<Record<string, string>>,
  ) {
    this.#table = table;
    this.name = name;
    this.union = facts.union === 1;
    this.traits = facts.traits ?? {};
    this.#facts = facts;
    this.#kinds = kinds;
  }

  get members(): readonly Member[] {
    this.#members ??= Object.entries(this.#facts.members).map(([name, target], index) => ({
      name,
      required: index < (this.#facts.required ?? 0),
      ...this.#table.place(target, this.#kinds[name]),
    }));
    return this.#members;
  }

  member(name: string): Member | undefined {
    this.#byName ??= new Map(this.members.map((member) => [member.name, member]));
    return this.#byName.get(name);
  }
}

class LazyList implements ListShape {
  readonly kind = "list";
  readonly limits: Limits;
  readonly #table: ShapeTable;
  readonly #target: TargetFacts;
  readonly #elementKind: string | undefined;
  #element: Place | undefined;

  constructor(table: ShapeTable, target: TargetFacts, kind: KindFacts | undefined) {
    this.#table = table;
    this.#target = target;
    this.limits = kind ?? {};
    this.#elementKind = kind?.element;
  }

  get element(): Place {
    this.#element ??= this.#table.place(this.#target, this.#elementKind);
    return this.#element;
  }
}

class LazyMap implements MapShape {
  readonly kind = "map";
  readonly limits: Limits;
  readonly #table: ShapeTable;
  readonly #targets: readonly [TargetFacts, TargetFacts];
  readonly #kinds: readonly [string | undefined, string | undefined];
  #key: Place | undefined;
  #value: Place | undefined;

  constructor(table: ShapeTable, key: TargetFacts, value: TargetFacts, kind: KindFacts | undefined) {
    this.#table = table;
    this.#targets = [key, value];
    this.#kinds = [kind?.key, kind?.value];
    this.limits = kind ?? {};
  }

  get key(): Place {
    this.#key ??= this.#table.place(this.#targets[0], this.#kinds[0]);
    return this.#key;
  }

  get value(): Place {
    this.#value ??= this.#table.place(this.#targets[1], this.#kinds[1]);
    return this.#value;
  }
}

const timestampFormats: Readonly<Record<string, TimestampFormat>> = {
  "date-time": "date-time",
  "http-date": "http-date",
  "epoch-seconds": "epoch-seconds",
};

function simpleShape(name: string, facts: KindFacts | undefined): SimpleShape {
  const limits: Limits = facts ?? {};
  const format = timestampFormats[name];
  if (format !== undefined) return { kind: "timestamp", limits, streaming: false, timestampFormat: format };
  if (name === "streaming-blob") return { kind: "blob", limits, streaming: true };
  return { kind: simpleKind(name, facts), limits, streaming: false };
}

function simpleKind(name: string, facts: KindFacts | undefined): SimpleKind {
  switch (name) {
    case "number":
      return numberKind(facts);
    case "string":
    case "boolean":
    case "timestamp":
    case "blob":
    case "document":
    case "bigInteger":
    case "bigDecimal":
      return name;
    default:
      assert(false, `the model names an unknown type: ${name}`);
  }
}

/** Without a number kind from botocore any number is taken as it is. */
function numberKind(facts: KindFacts | undefined): SimpleKind {
  const type = facts?.type;
  return type === "integer" || type === "long" || type === "float" ? type : "double";
}
