import { isUtf8 } from "node:buffer";
import { ServiceError } from "../../core/errors.ts";
import { maxNesting } from "./serialization-error.ts";

/** An element of an XML document; names have lost their namespace prefix. */
export interface XmlElement {
  readonly name: string;
  /** By full name: `xsi:type`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, CDATA sections included. */
  readonly text: string;
}

interface OpenElement {
  readonly fullName: string;
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const namedEntities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const namePattern = /[A-Za-z_:\u0080-\uffff][\w:.\u00b7-\uffff-]*/y;
const attributePattern = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

export function malformedXml(cause?: ServiceError): ServiceError {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return new ServiceError("MalformedXML", message, cause === undefined ? {} : { cause });
}

/**
 * Parses the XML of a request. Document types are refused as AWS refuses them, so there are no entities
 * beyond the five named and the numeric ones: nothing can expand, and nothing is fetched. That, and the
 * 100 lines it takes, is why there is no library here.
 */
export function parseXml(bytes: Buffer): XmlElement {
  if (!isUtf8(bytes)) throw malformedXml();
  return new XmlParser(bytes.toString("utf8").replace(/^\ufeff/, "")).document();
}

class XmlParser {
  readonly #source: string;
  #position = 0;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  document(): XmlElement {
    while (this.#position < this.#source.length) {
      const next = this.#source.indexOf("<", this.#position);
      this.#text(this.#source.slice(this.#position, next < 0 ? undefined : next));
      if (next < 0) break;
      this.#position = next;
      this.#markup();
    }
    if (this.#root === undefined || this.#open.length > 0) throw malformedXml();
    return this.#root;
  }

  #text(raw: string): void {
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.text += decodeEntities(raw);
    else if (raw.trim() !== "") throw malformedXml();
    this.#position += raw.length;
  }

  #markup(): void {
    if (this.#source.startsWith("<!--", this.#position)) this.#skipTo("-->", 4);
    else if (this.#source.startsWith("<![CDATA[", this.#position)) this.#cdata();
    else if (this.#source.startsWith("<?", this.#position)) this.#skipTo("?>", 2);
    else if (this.#source.startsWith("</", this.#position)) this.#closeTag();
    else this.#openTag();
  }

  #skipTo(end: string, start: number): void {
    const found = this.#source.indexOf(end, this.#position + start);
    if (found < 0) throw malformedXml();
    this.#position = found + end.length;
  }

  #cdata(): void {
    const start = this.#position + 9;
    this.#skipTo("]]>", 9);
    const parent = this.#open.at(-1);
    if (parent === undefined) throw malformedXml();
    parent.text += this.#source.slice(start, this.#position - 3);
  }

  #openTag(): void {
    this.#position++;
    const fullName = this.#name();
    if (this.#open.length >= maxNesting || (this.#open.length === 0 && this.#root !== undefined))
      throw malformedXml();
    const attributes = this.#attributes();
    this.#open.push({ fullName, name: localName(fullName), attributes, children: [], text: "" });
    const close = /\s*(\/?)>/y;
    close.lastIndex = this.#position;
    const match = close.exec(this.#source);
    if (match === null) throw malformedXml();
    this.#position = close.lastIndex;
    if (match[1] === "/") this.#close();
  }

  #attributes(): Map<string, string> {
    const attributes = new Map<string, string>();
    for (;;) {
      attributePattern.lastIndex = this.#position;
      const match = attributePattern.exec(this.#source);
      if (match === null) return attributes;
      const name = match[1] ?? "";
      if (attributes.has(name)) throw malformedXml();
      attributes.set(name, decodeEntities(match[2] ?? match[3] ?? ""));
      this.#position = attributePattern.lastIndex;
    }
  }

  #closeTag(): void {
    this.#position += 2;
    const name = this.#name();
    if (this.#open.at(-1)?.fullName !== name) throw malformedXml();
    const end = this.#source.indexOf(">", this.#position);
    if (end < 0 || this.#source.slice(this.#position, end).trim() !== "") throw malformedXml();
    this.#position = end + 1;
    this.#close();
  }

  #close(): void {
    const element = this.#open.pop();
    if (element === undefined) throw malformedXml();
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);
  }

  #name(): string {
    namePattern.lastIndex = this.#position;
    const match = namePattern.exec(this.#source);
    if (match === null) throw malformedXml();
    this.#position = namePattern.lastIndex;
    return match[0];
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** `&amp;` and its four siblings, `&#10;`, `&#x0a;`. */
function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&([^;&]*);?/g, (entity, name: string) => {
    const named = namedEntities[name];
    if (entity.endsWith(";") && named !== undefined && Object.hasOwn(namedEntities, name)) return named;
    const code = /^#x[0-9a-fA-F]{1,6}$/.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d{1,7}$/.test(name)
        ? Number(name.slice(1))
        : -1;
    if (!entity.endsWith(";") || code <= 0 || code > 0x10ffff) throw malformedXml();
    return String.fromCodePoint(code);
  });
}
