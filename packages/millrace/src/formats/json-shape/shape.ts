import {
  arrayOf,
  type HiveType,
  primitive,
  printableFieldName,
  type StructField,
} from "../schema/hive-type.ts";
import { widenFields } from "../schema/widen-type.ts";

/** Kinds of values that were seen in one place, as bits. */
export const seen = {
  null: 1,
  boolean: 2,
  /** Integers of 32 bits. */
  int: 4,
  /** Integers of 64 bits. */
  bigint: 8,
  /** Integers of up to 38 digits. */
  huge: 16,
  double: 32,
  string: 64,
  array: 128,
  object: 256,
} as const;

/** A member of objects, in the order in which members were first seen. */
export class ShapeField {
  readonly name: string;
  /** The name as it stands between the quotes of the document. */
  readonly bytes: Buffer;
  readonly shape: Shape;
  /** The member that was first seen right after this one; members mostly come in that order again. */
  next: ShapeField | undefined;

  constructor(name: string, bytes: Buffer) {
    this.name = name;
    this.bytes = bytes;
    this.shape = new Shape();
  }
}

/** What has been seen in one place of the documents: the union of kinds, members and elements. */
export class Shape {
  kinds = 0;
  first: ShapeField | undefined;
  #last: ShapeField | undefined;
  #fields: Map<string, ShapeField> | undefined;
  #element: Shape | undefined;

  get fieldCount(): number {
    return this.#fields?.size ?? 0;
  }

  field(name: string): ShapeField | undefined {
    return this.#fields?.get(name);
  }

  addField(name: string, bytes: Buffer): ShapeField {
    const field = new ShapeField(name, bytes);
    this.#fields ??= new Map();
    this.#fields.set(name, field);
    if (this.#last === undefined) this.first = field;
    else this.#last.next = field;
    this.#last = field;
    return field;
  }

  /** The shape that all elements of arrays share. */
  element(): Shape {
    this.#element ??= new Shape();
    return this.#element;
  }

  /** Whether nothing but these kinds was seen, nulls aside. */
  isOnly(kind: number): boolean {
    return (this.kinds & ~seen.null) === kind;
  }

  /** The members, under the names that the documents have. */
  fields(): StructField[] {
    const fields: StructField[] = [];
    for (let field = this.first; field !== undefined; field = field.next) {
      fields.push({ name: field.name, type: field.shape.type() });
    }
    return fields;
  }

  /** The narrowest type for all that was seen; `void` where nothing but nulls was. */
  type(): HiveType {
    const kinds = this.kinds & ~seen.null;
    if (kinds === 0) return primitive("void");
    if (kinds === seen.object) {
      return this.first === undefined ? primitive("void") : this.#struct();
    }
    if (kinds === seen.array) return arrayOf(this.element().type());
    if (kinds === seen.boolean) return primitive("boolean");
    if ((kinds & ~(seen.int | seen.bigint | seen.huge | seen.double)) !== 0) return primitive("string");
    if ((kinds & seen.double) !== 0) return primitive("double");
    if ((kinds & seen.huge) !== 0) return { kind: "decimal", precision: 38, scale: 0 };
    return primitive((kinds & seen.bigint) !== 0 ? "bigint" : "int");
  }

  /** Names that differ only in case are one field, because readers do not tell them apart. */
  #struct(): HiveType {
    const fields = this.fields().map((field) => ({ ...field, name: printableFieldName(field.name) }));
    return { kind: "struct", fields: widenFields([], fields) };
  }
}
