import type { SaxesParser, SaxesTagPlain } from "saxes";
import { kindOfText, textKind, typeOfKinds } from "../csv/value-kind.ts";
import { type HiveType, primitive, printableFieldName, type StructField } from "../schema/hive-type.ts";

/** Elements nested deeper are refused. */
const maxDepth = 100;

/** Elements and attributes of different names, which bounds memory. */
const maxNodes = 20_000;

/** Attributes are fields with this before their name; text beside attributes or elements has its own name. */
const attributePrefix = "_";
const textField = "_VALUE";

/** The rows of a document, or why there are none. */
export interface XmlRows {
  readonly rowTag: string;
  readonly columns: readonly StructField[];
  readonly rows: number;
  /** Whether the root element was closed. */
  readonly closed: boolean;
}

/** What was seen of the elements of one name in one place. */
class XmlNode {
  readonly children = new Map<string, XmlNode>();
  readonly attributes = new Map<string, number>();
  text = 0;
  count = 0;
  selfClosing = 0;
  /** More than one in one parent. */
  repeated = false;

  type(): HiveType {
    if (this.children.size === 0 && this.attributes.size === 0) return typeOfKinds(this.text);
    return { kind: "struct", fields: this.fields() };
  }

  fields(): StructField[] {
    const fields: StructField[] = [];
    for (const [name, kinds] of this.attributes) {
      fields.push({ name: printableFieldName(attributePrefix + name), type: typeOfKinds(kinds) });
    }
    for (const [name, child] of this.children) {
      const type = child.type();
      const repeated: HiveType = { kind: "array", element: type };
      fields.push({ name: printableFieldName(name), type: child.repeated ? repeated : type });
    }
    const kinds = this.text & ~textKind.empty;
    if (kinds !== 0) {
      const type = this.children.size > 0 ? primitive("string") : typeOfKinds(kinds);
      fields.push({ name: textField, type });
    }
    return fields;
  }
}

interface OpenElement {
  readonly name: string;
  readonly node: XmlNode;
  readonly inRow: boolean;
  readonly seen: Map<string, number>;
  text: string;
}

class XmlProblem extends Error {}

/**
 * Reads rows out of text that is a document or its beginning. Without a row tag, rows are the elements right
 * below the root that occur most, if any occurs twice; otherwise the root is the only row.
 */
export async function readXmlRows(text: string, rowTag: string | undefined): Promise<XmlRows | string> {
  const { SaxesParser: Parser } = await import("saxes");
  const reader = new RowReader(new Parser(), rowTag);
  try {
    reader.write(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return reader.rows();
}

class RowReader {
  readonly #parser: SaxesParser;
  readonly #rowTag: string | undefined;
  readonly #tagged = new XmlNode();
  #root: { readonly name: string; readonly node: XmlNode } | undefined;
  #closed = false;
  #nodes = 0;
  readonly #open: OpenElement[] = [];

  constructor(parser: SaxesParser, rowTag: string | undefined) {
    this.#parser = parser;
    this.#rowTag = rowTag;
    parser.on("error", (error) => {
      throw new XmlProblem(`it is not well-formed: ${error.message}`);
    });
    parser.on("opentag", (tag) => this.#opened(tag));
    parser.on("closetag", () => this.#closedTag());
    parser.on("text", (text) => this.#addText(text));
    parser.on("cdata", (text) => this.#addText(text));
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  rows(): XmlRows | string {
    if (this.#root === undefined) return "there is no element";
    const [rowTag, node] = this.#rowNode(this.#root);
    if (node.count === 0) return `there is no element <${rowTag}>`;
    if (this.#rowTag !== undefined && node.selfClosing === node.count) {
      return `all elements <${rowTag}> are closed by "/>", which Glue does not read as rows`;
    }
    const isLeaf = node.children.size === 0 && node.attributes.size === 0;
    const columns = isLeaf ? [{ name: rowTag, type: node.type() }] : node.fields();
    return { rowTag, columns, rows: node.count, closed: this.#closed };
  }

  #rowNode(root: { readonly name: string; readonly node: XmlNode }): [string, XmlNode] {
    if (this.#rowTag !== undefined) return [this.#rowTag, this.#tagged];
    let best: [string, XmlNode] | undefined;
    for (const [name, child] of root.node.children) {
      if (child.count > (best?.[1].count ?? 1)) best = [name, child];
    }
    return best ?? [root.name, root.node];
  }

  #opened(tag: SaxesTagPlain): void {
    const parent = this.#open.at(-1);
    if (this.#open.length === maxDepth) throw new XmlProblem(`it nests deeper than ${maxDepth} elements`);
    const isRow = tag.name === this.#rowTag && parent?.inRow !== true;
    const node = isRow ? this.#tagged : this.#nodeBelow(parent, tag.name);
    node.count += 1;
    if (tag.isSelfClosing) node.selfClosing += 1;
    this.#root ??= { name: tag.name, node };
    for (const [name, value] of Object.entries(tag.attributes)) {
      if (name === "xmlns" || name.startsWith("xmlns:")) continue;
      if (!node.attributes.has(name)) this.#countNode();
      node.attributes.set(name, (node.attributes.get(name) ?? 0) | kindOfText(value.trim()));
    }
    const inRow = isRow || parent?.inRow === true;
    this.#open.push({ name: tag.name, node, inRow, seen: new Map(), text: "" });
  }

  #nodeBelow(parent: OpenElement | undefined, name: string): XmlNode {
    if (parent === undefined) return new XmlNode();
    const times = (parent.seen.get(name) ?? 0) + 1;
    parent.seen.set(name, times);
    let node = parent.node.children.get(name);
    if (node === undefined) {
      this.#countNode();
      node = new XmlNode();
      parent.node.children.set(name, node);
    }
    if (times > 1) node.repeated = true;
    return node;
  }

  #closedTag(): void {
    const element = this.#open.pop();
    if (element === undefined) return;
    element.node.text |= kindOfText(element.text.trim());
    if (this.#open.length === 0) this.#closed = true;
  }

  #addText(text: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
  }

  #countNode(): void {
    this.#nodes += 1;
    if (this.#nodes > maxNodes)
      throw new XmlProblem(`it has more than ${maxNodes} names in different places`);
  }
}
