import type { Member } from "../model/shape.ts";
import { mistyped } from "../shape/output-value.ts";
import { formatText } from "../shape/text-value.ts";
import type { HttpBindings } from "./http-bindings.ts";

/** Node refuses such header values, and so do proxies; the value is percent-encoded instead. */
const unsafeHeader = /[^\t\x20-\x7e]/;

/** Writes the members that are bound to headers. */
export function boundHeaders(
  bindings: HttpBindings,
  output: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const member of bindings.headers) {
    const value = output[member.name];
    if (value === undefined || value === null) continue;
    headers[member.traits.httpHeader?.toLowerCase() ?? member.name] = headerText(member, value);
  }
  for (const member of bindings.prefixHeaders) {
    const prefix = member.traits.httpPrefixHeaders?.toLowerCase() ?? "";
    for (const [name, value] of Object.entries((output[member.name] ?? {}) as Record<string, unknown>)) {
      if (value !== undefined && value !== null)
        headers[prefix + name.toLowerCase()] = safeHeader(String(value));
    }
  }
  return headers;
}

/** The status that the output names, or the operation's own. */
export function outputStatus(
  bindings: HttpBindings,
  output: Readonly<Record<string, unknown>>,
  status: number,
): number {
  const named = bindings.responseCode === undefined ? undefined : output[bindings.responseCode.name];
  return typeof named === "number" ? named : status;
}

function headerText({ shape }: Member, value: unknown): string {
  if (shape.kind === "structure" || shape.kind === "map") throw mistyped("header", value);
  if (shape.kind !== "list") return safeHeader(formatText(shape, value, "http-date"));
  const element = shape.element.shape;
  if (
    !Array.isArray(value) ||
    element.kind === "structure" ||
    element.kind === "map" ||
    element.kind === "list"
  ) {
    throw mistyped("list", value);
  }
  return safeHeader(
    value.map((item) => quoteItem(formatText(element, item, "http-date"), element.kind)).join(", "),
  );
}

function quoteItem(text: string, kind: string): string {
  if (kind !== "string" || !/[",]/.test(text)) return text;
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function safeHeader(text: string): string {
  return unsafeHeader.test(text) ? encodeURIComponent(text) : text;
}
