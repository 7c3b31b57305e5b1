import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";

/** What the variables of a template stand for, but for the time. */
export interface TemplateNames {
  readonly "channel-name": string;
  readonly "channel-id": string;
  readonly "stream-name": string;
  /** `.gz`, `.zst`, or nothing. */
  readonly extension: string;
}

/** https://docs.aws.amazon.com/streams/latest/dev/data-delivery-s3-key-template.html */
export const defaultKeyTemplate: string =
  "kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/!{MM}/!{dd}/!{HH}/" +
  "!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension}";

type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "name"; readonly name: "channel-name" | "channel-id" | "stream-name" }
  | { readonly kind: "time"; readonly from: number; readonly to: number };

/** Places in `2026-07-20T14:30:00.000Z`. */
const times: Readonly<Record<string, readonly [number, number]>> = {
  yyyy: [0, 4],
  yy: [2, 4],
  MM: [5, 7],
  dd: [8, 10],
  HH: [11, 13],
  mm: [14, 16],
};
const names = ["channel-name", "channel-id", "stream-name"] as const;

/**
 * How the objects of a channel are called:
 *
 *     template  := ( text | "!{" variable "}" )* [ "!{extension}" | "!{extension:." literal "}" ]
 *     text      := letters, digits and ! - _ ' . * ( ) / =
 *     variable  := channel-name | channel-id | stream-name | yyyy | yy | MM | dd | HH | mm
 *     literal   := lower-case letters and periods
 */
export class KeyTemplate {
  readonly #parts: readonly Part[];
  readonly #names: TemplateNames;
  /** Undefined without a placeholder for it. */
  readonly #extension: string | undefined;

  /** @throws ServiceError InvalidArgumentException */
  constructor(template: string, nameValues: TemplateNames) {
    this.#names = nameValues;
    const { parts, extension } = parse(template);
    this.#parts = parts;
    this.#extension = extension === "" ? nameValues.extension : extension;
    if (nameValues.extension !== "" && extension === undefined)
      throw invalid("must include an extension placeholder when compression is enabled");
    const sample = this.expand(0);
    if (sample.length > limits.keyTemplateCharacters)
      throw invalid(`must not exceed ${limits.keyTemplateCharacters} characters when it is expanded`);
    if (sample.split("/").some((segment) => segment === "." || segment === ".."))
      throw invalid("must not contain path traversal");
  }

  /** @param suffix is what makes the key unique; it stands before the extension. */
  expand(timeMs: number, suffix: string = ""): string {
    const time = new Date(timeMs).toISOString();
    let key = "";
    for (const part of this.#parts) {
      if (part.kind === "text") key += part.text;
      else if (part.kind === "name") key += this.#names[part.name];
      else key += time.slice(part.from, part.to);
    }
    return `${key}${suffix}${this.#extension ?? ""}`;
  }
}

function parse(template: string): { parts: readonly Part[]; extension: string | undefined } {
  checkText(template);
  const parts: Part[] = [];
  let extension: string | undefined;
  for (let at = 0; at < template.length; ) {
    if (extension !== undefined) throw invalid("must have its extension placeholder at the end");
    const open = template.indexOf("!{", at);
    const end = open === -1 ? template.length : open;
    if (end > at) parts.push({ kind: "text", text: checkedText(template.slice(at, end)) });
    if (open === -1) break;
    const close = template.indexOf("}", open);
    if (close === -1) throw invalid("contains a variable placeholder that is not closed");
    const variable = template.slice(open + 2, close);
    if (/^extension(:|$)/.test(variable)) extension = extensionOf(variable);
    else parts.push(partOf(variable));
    at = close + 1;
  }
  return { parts, extension };
}

function checkText(template: string): void {
  if (template.startsWith("/")) throw invalid("must not start with a forward slash");
  if (template.includes("//")) throw invalid("must not contain consecutive slashes");
  if (template.includes("..") || template.split("/").includes("."))
    throw invalid("must not contain path traversal");
}

function checkedText(text: string): string {
  if (!/^[0-9A-Za-z!\-_'.*()/=]*$/.test(text))
    throw invalid("contains characters that are not allowed: letters, digits and ! - _ ' . * ( ) / = are");
  return text;
}

/** "" stands for that of the compression. */
function extensionOf(variable: string): string {
  if (variable === "extension") return "";
  const literal = variable.slice("extension:".length);
  if (!/^\.[a-z.]+$/.test(literal))
    throw invalid(
      "contains a literal extension that does not start with a period or has more than lowercase letters and periods",
    );
  return literal;
}

function partOf(variable: string): Part {
  const time = Object.hasOwn(times, variable) ? times[variable] : undefined;
  if (time !== undefined) return { kind: "time", from: time[0], to: time[1] };
  for (const name of names) if (name === variable) return { kind: "name", name };
  throw invalid(`contains a variable that is not supported: ${variable}`);
}

function invalid(problem: string): Error {
  return invalidArgument(`OutputKeyTemplate ${problem}.`);
}
