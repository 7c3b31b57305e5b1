import type { ListShape, MapShape, Member, Place, Shape, StructureShape } from "../model/shape.ts";
import { entriesOf, mistyped } from "./output-value.ts";
import { formatText } from "./text-value.ts";

/** XML text, part by part. */
export class XmlSink {
  readonly #parts: string[] = [];

  element(name: string, attributes: string, content: () => void): void {
    this.#parts.push(`<${name}${attributes}>`);
    content();
    this.#parts.push(`</${name}>`);
  }

  /** An element that holds text. */
  leaf(name: string, text: string, attributes = ""): void {
    this.#parts.push(`<${name}${attributes}>${escapeXml(text)}</${name}>`);
  }

  finish(): string {
    return this.#parts.join("");
  }
}

/** Writes a value as an element of the given name. */
export function writeXml(sink: XmlSink, name: string, place: Place, value: unknown): void {
  const { shape, traits } = place;
  const namespace =
    traits.xmlNamespace ?? (shape.kind === "structure" ? shape.traits.xmlNamespace : undefined);
  const attributes = namespaceAttribute(namespace);
  if (shape.kind === "structure") {
    const own = attributes + memberAttributes(shape, value);
    sink.element(name, own, () => writeXmlMembers(sink, shape.members, value));
  } else if (shape.kind === "list") sink.element(name, attributes, () => writeElements(sink, shape, value));
  else if (shape.kind === "map")
    sink.element(name, attributes, () => writeEntries(sink, shape, value, "entry"));
  else sink.leaf(name, formatText(shape, value, "date-time"), attributes);
}

/** Writes the members of a structure that are elements. */
export function writeXmlMembers(sink: XmlSink, members: readonly Member[], value: unknown): void {
  if (typeof value !== "object" || value === null) throw mistyped("structure", value);
  const source = value as Readonly<Record<string, unknown>>;
  for (const member of members) {
    const item = source[member.name];
    if (item === undefined || item === null || member.traits.xmlAttribute === 1) continue;
    const name = member.traits.xmlName ?? member.name;
    const { shape } = member;
    if (member.traits.xmlFlattened === 1 && shape.kind === "list") writeFlattened(sink, name, shape, item);
    else if (member.traits.xmlFlattened === 1 && shape.kind === "map") writeEntries(sink, shape, item, name);
    else writeXml(sink, name, member, item);
  }
}

function writeElements(sink: XmlSink, shape: ListShape, value: unknown): void {
  writeFlattened(sink, shape.element.traits.xmlName ?? "member", shape, value);
}

function writeFlattened(sink: XmlSink, name: string, shape: ListShape, value: unknown): void {
  if (!Array.isArray(value)) throw mistyped("list", value);
  for (const item of value) writeXml(sink, name, shape.element, item);
}

function writeEntries(sink: XmlSink, shape: MapShape, value: unknown, entryName: string): void {
  for (const [key, item] of entriesOf(value)) {
    sink.element(entryName, "", () => {
      sink.leaf(shape.key.traits.xmlName ?? "key", key);
      writeXml(sink, shape.value.traits.xmlName ?? "value", shape.value, item);
    });
  }
}

function memberAttributes(shape: StructureShape, value: unknown): string {
  if (typeof value !== "object" || value === null) throw mistyped("structure", value);
  const source = value as Readonly<Record<string, unknown>>;
  return shape.members
    .filter((member) => member.traits.xmlAttribute === 1 && source[member.name] !== undefined)
    .map((member) => ` ${member.traits.xmlName ?? member.name}="${escapeXml(String(source[member.name]))}"`)
    .join("");
}

function namespaceAttribute(namespace: readonly [string, string] | string | undefined): string {
  if (namespace === undefined) return "";
  const [prefix, uri] = typeof namespace === "string" ? ["", namespace] : namespace;
  return prefix === "" ? ` xmlns="${escapeXml(uri)}"` : ` xmlns:${prefix}="${escapeXml(uri)}"`;
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Control characters that XML 1.0 has no spelling for are written as references, as S3 does. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\p{Cc}]/gu, (character) => {
    if (character === "\t" || character === "\n") return character;
    return escapes[character] ?? `&#x${(character.codePointAt(0) ?? 0).toString(16)};`;
  });
}

/** The shape's own name in XML, for the outermost element. */
export function rootName(place: Place, fallback: string): string {
  const { shape, traits }: { shape: Shape; traits: Place["traits"] } = place;
  return traits.xmlName ?? (shape.kind === "structure" ? (shape.traits.xmlName ?? shape.name) : fallback);
}
