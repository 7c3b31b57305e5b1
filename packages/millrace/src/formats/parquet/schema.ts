/** How values lie in a file. */
export type PhysicalType =
  | "BOOLEAN"
  | "INT32"
  | "INT64"
  | "INT96"
  | "FLOAT"
  | "DOUBLE"
  | "BYTE_ARRAY"
  | "FIXED_LEN_BYTE_ARRAY";

/** What values mean. */
export type LogicalType =
  | { readonly kind: "string" }
  | { readonly kind: "json" }
  | { readonly kind: "date" }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "timestamp"; readonly unit: "millis" | "micros" | "nanos"; readonly isUtc: boolean }
  | { readonly kind: "integer"; readonly bits: 8 | 16 | 32 | 64; readonly isSigned: boolean };

export type ParquetNode = LeafNode | GroupNode | ListNode | MapNode;

interface Named {
  readonly name: string;
  readonly optional: boolean;
  /** Iceberg's id of the column. */
  readonly fieldId?: number;
}

export interface LeafNode extends Named {
  readonly kind: "leaf";
  readonly type: PhysicalType;
  /** Bytes of FIXED_LEN_BYTE_ARRAY. */
  readonly typeLength?: number;
  readonly logical?: LogicalType;
}

export interface GroupNode extends Named {
  readonly kind: "group";
  readonly children: readonly ParquetNode[];
}

/** A list in three levels: the list, its repeated group `list`, and in it `element`. */
export interface ListNode extends Named {
  readonly kind: "list";
  readonly element: ParquetNode;
}

/** A map in three levels: the map, its repeated group `key_value`, and in it `key`, which is required, and `value`. */
export interface MapNode extends Named {
  readonly kind: "map";
  readonly key: ParquetNode;
  readonly value: ParquetNode;
}

/** A column of the file: where it lies in the schema, and the levels of its values (Dremel). */
export interface Column {
  readonly index: number;
  readonly leaf: LeafNode;
  readonly path: readonly string[];
  readonly maxDefinition: number;
  readonly maxRepetition: number;
}

/** A node of the schema with the levels that whoever writes values needs. */
export interface Shape {
  readonly node: ParquetNode;
  /** Definition level to write when this is null, that is of what surrounds it. */
  readonly nullLevel: number;
  /** Definition level when this is there; of a list or map, when it is there and empty. */
  readonly level: number;
  /** Repetition level of all entries of a list or map but the first; of others, that of what surrounds them. */
  readonly repetition: number;
  /** Columns below this one. */
  readonly firstColumn: number;
  readonly endColumn: number;
  /** Of a group its children, of a list its element, of a map key and value. */
  readonly children: readonly Shape[];
}

/** An entry of the footer's schema: the tree, depth first. */
export interface SchemaElement {
  readonly name: string;
  readonly repetition: "REQUIRED" | "OPTIONAL" | "REPEATED";
  readonly leaf?: LeafNode;
  readonly children?: number;
  readonly annotation?: "LIST" | "MAP";
  readonly fieldId?: number;
}

export interface ParquetSchema {
  readonly elements: readonly SchemaElement[];
  readonly columns: readonly Column[];
  readonly shapes: readonly Shape[];
}

/** Works out columns and levels. */
export function compileSchema(nodes: readonly ParquetNode[]): ParquetSchema {
  const compiler = new Compiler();
  const shapes = nodes.map((node) => compiler.node(node, [], 0, 0));
  return { elements: compiler.elements, columns: compiler.columns, shapes };
}

class Compiler {
  readonly elements: SchemaElement[] = [];
  readonly columns: Column[] = [];

  node(node: ParquetNode, parents: readonly string[], nullLevel: number, repetition: number): Shape {
    const path = [...parents, node.name];
    const level = nullLevel + (node.optional ? 1 : 0);
    const firstColumn = this.columns.length;
    this.#element(node);
    const children = this.#children(node, path, level, repetition);
    const isRepeated = node.kind === "list" || node.kind === "map";
    return {
      node,
      nullLevel,
      level,
      repetition: isRepeated ? repetition + 1 : repetition,
      firstColumn,
      endColumn: this.columns.length,
      children,
    };
  }

  #children(node: ParquetNode, path: readonly string[], level: number, repetition: number): Shape[] {
    switch (node.kind) {
      case "leaf":
        this.columns.push({
          index: this.columns.length,
          leaf: node,
          path,
          maxDefinition: level,
          maxRepetition: repetition,
        });
        return [];
      case "group":
        return node.children.map((child) => this.node(child, path, level, repetition));
      case "list": {
        this.elements.push({ name: "list", repetition: "REPEATED", children: 1 });
        return [this.node(named(node.element, "element"), [...path, "list"], level + 1, repetition + 1)];
      }
      case "map": {
        this.elements.push({ name: "key_value", repetition: "REPEATED", children: 2 });
        const inside = [...path, "key_value"];
        const key = { ...named(node.key, "key"), optional: false };
        return [
          this.node(key, inside, level + 1, repetition + 1),
          this.node(named(node.value, "value"), inside, level + 1, repetition + 1),
        ];
      }
    }
  }

  #element(node: ParquetNode): void {
    const common = {
      name: node.name,
      repetition: node.optional ? ("OPTIONAL" as const) : ("REQUIRED" as const),
      ...(node.fieldId === undefined ? {} : { fieldId: node.fieldId }),
    };
    if (node.kind === "leaf") this.elements.push({ ...common, leaf: node });
    else if (node.kind === "group") this.elements.push({ ...common, children: node.children.length });
    else this.elements.push({ ...common, children: 1, annotation: node.kind === "list" ? "LIST" : "MAP" });
  }
}

function named(node: ParquetNode, name: string): ParquetNode {
  return { ...node, name };
}
