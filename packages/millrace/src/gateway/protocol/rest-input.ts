import { Readable } from "node:stream";
import type { HttpRequest } from "../http.ts";
import type { MapShape, Member, Shape } from "../model/shape.ts";
import { parseForm } from "../shape/form.ts";
import { serializationError } from "../shape/serialization-error.ts";
import { parseText } from "../shape/text-value.ts";
import { isTimestamp, parseTimestamp } from "../shape/timestamp.ts";
import type { HttpBindings } from "./http-bindings.ts";

type Values = Record<string, unknown>;

/** Reads the members that are bound to the path, the query and the headers. */
export function readBoundInput(
  bindings: HttpBindings,
  request: HttpRequest,
  labels: ReadonlyMap<string, string>,
): Values {
  const input: Values = {};
  for (const member of bindings.labels) {
    const text = labels.get(member.name);
    if (text !== undefined) input[member.name] = readScalar(member.shape, text);
  }
  if (bindings.query.length > 0 || bindings.queryMap !== undefined)
    readQueryMembers(bindings, request, input);
  readHeaders(bindings, request, input);
  return input;
}

function readQueryMembers(bindings: HttpBindings, request: HttpRequest, input: Values): void {
  const pairs = parseForm(request.query);
  const bound = new Set(bindings.query.map((member) => member.traits.httpQuery));
  for (const member of bindings.query) {
    const values = pairs.filter(([name]) => name === member.traits.httpQuery).map(([, value]) => value);
    const [first] = values;
    if (first === undefined) continue;
    const { shape } = member;
    if (shape.kind === "list")
      input[member.name] = values.map((value) => readScalar(shape.element.shape, value));
    else input[member.name] = readScalar(shape, first);
  }
  const rest = pairs.filter(([name]) => !bound.has(name));
  if (bindings.queryMap?.shape.kind === "map" && rest.length > 0) {
    input[bindings.queryMap.name] = readQueryMap(bindings.queryMap.shape, rest);
  }
}

function readQueryMap(shape: MapShape, pairs: readonly (readonly [string, string])[]): Values {
  const values = Object.create(null) as Values;
  for (const [name, value] of pairs) {
    if (shape.value.shape.kind !== "list") values[name] = readScalar(shape.value.shape, value);
    else
      values[name] = [
        ...((values[name] ?? []) as unknown[]),
        readScalar(shape.value.shape.element.shape, value),
      ];
  }
  return values;
}

function readHeaders(bindings: HttpBindings, request: HttpRequest, input: Values): void {
  for (const member of bindings.headers) {
    const name = member.traits.httpHeader?.toLowerCase() ?? "";
    const text = request.headers[name];
    if (text === undefined || text === "" || isIgnored(member, name, text)) continue;
    input[member.name] = readHeader(member, text);
  }
  for (const member of bindings.prefixHeaders) {
    const values = readPrefixHeaders(member.traits.httpPrefixHeaders?.toLowerCase() ?? "", request);
    if (Object.keys(values).length > 0) input[member.name] = values;
  }
}

/** A date in one of HTTP's own headers that is no date is treated as if it were not there (RFC 9110, 13.1). */
function isIgnored({ shape }: Member, name: string, text: string): boolean {
  return shape.kind === "timestamp" && !name.startsWith("x-amz-") && !isTimestamp(text.trim());
}

function readPrefixHeaders(prefix: string, request: HttpRequest): Values {
  const values = Object.create(null) as Values;
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name.startsWith(prefix)) values[name.slice(prefix.length)] = value;
  }
  return values;
}

function readHeader({ shape }: Member, text: string): unknown {
  if (shape.kind !== "list") return readScalar(shape, text);
  const element = shape.element.shape;
  // A date holds a comma of its own.
  const separator = element.kind === "timestamp" ? /(?<=GMT),/ : ",";
  return text.split(separator).map((part) => readScalar(element, unquote(part.trim())));
}

/** List items that hold commas or quotes are sent in quotes. */
function unquote(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"') || text.length < 2) return text;
  return text.slice(1, -1).replaceAll('\\"', '"').replaceAll("\\\\", "\\");
}

function readScalar(shape: Shape, text: string): unknown {
  if (shape.kind === "structure" || shape.kind === "list" || shape.kind === "map") {
    throw serializationError("STRING_VALUE can not be converted to a collection");
  }
  if (shape.kind === "timestamp" && shape.timestampFormat === "epoch-seconds") return parseTimestamp(text);
  return parseText(shape, text);
}

/** The body as it comes, whether or not it was collected already. */
export function bodyStream(request: HttpRequest): AsyncIterable<Uint8Array> {
  return request.payload ?? request.stream ?? Readable.from(request.body.length === 0 ? [] : [request.body]);
}
