import type { ListShape, MapShape, Member, Shape, StructureShape } from "../model/shape.ts";
import { parseText } from "./text-value.ts";
import type { XmlElement } from "./xml-tree.ts";

/** Reads an element as a value of a shape. Elements that the shape does not have are ignored. */
export function readXml(shape: Shape, element: XmlElement): unknown {
  switch (shape.kind) {
    case "structure":
      return readStructure(shape, element);
    case "list":
      return readList(shape, element.children);
    case "map":
      return readMap(
        shape,
        element.children.filter((child) => child.name === "entry"),
      );
    default:
      return parseText(shape, element.text);
  }
}

function readStructure(shape: StructureShape, element: XmlElement): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const member of shape.members) {
    const read = readMember(member, element);
    if (read !== undefined) value[member.name] = read;
  }
  return value;
}

function readMember(member: Member, element: XmlElement): unknown {
  const name = member.traits.xmlName ?? member.name;
  if (member.traits.xmlAttribute === 1) return element.attributes.get(name);
  const found = element.children.filter((child) => child.name === name);
  const last = found.at(-1);
  if (last === undefined) return undefined;
  if (member.traits.xmlFlattened === 1 && member.shape.kind === "list") {
    return found.map((child) => readElement(member.shape as ListShape, child));
  }
  if (member.traits.xmlFlattened === 1 && member.shape.kind === "map") return readMap(member.shape, found);
  return readXml(member.shape, last);
}

function readElement(list: ListShape, element: XmlElement): unknown {
  return readXml(list.element.shape, element);
}

/** Elements are called `member` unless the model names them; clients of both kinds exist. */
function readList(shape: ListShape, children: readonly XmlElement[]): unknown[] {
  const name = shape.element.traits.xmlName ?? "member";
  return children
    .filter((child) => child.name === name || child.name === "member")
    .map((child) => readElement(shape, child));
}

function readMap(shape: MapShape, entries: readonly XmlElement[]): Record<string, unknown> {
  const values = Object.create(null) as Record<string, unknown>;
  const keyName = shape.key.traits.xmlName ?? "key";
  const valueName = shape.value.traits.xmlName ?? "value";
  for (const entry of entries) {
    const key = entry.children.find((child) => child.name === keyName);
    const value = entry.children.find((child) => child.name === valueName);
    if (key !== undefined && value !== undefined) values[key.text] = readXml(shape.value.shape, value);
  }
  return values;
}
