import { define, strict, stringType } from "../function-definition.ts";
import { text } from "../parameters.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const urlFunctions: readonly ScalarFunction[] = Object.freeze([
  define({
    name: "url_encode",
    parameters: [text],
    result: stringType,
    mayBeNull: true,
    code: strict(encode),
  }),
  define({
    name: "url_decode",
    parameters: [text],
    result: stringType,
    mayBeNull: true,
    code: strict(decode),
  }),
  define({
    name: "parse_url",
    parameters: [text, text, text],
    optional: 1,
    result: stringType,
    mayBeNull: true,
    code: strict(parseUrl),
  }),
]);

/** As java.net.URLEncoder: letters, digits and `.-*_` stay, a space is a plus. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

/** NULL where an escape is none. Bytes that are no UTF-8 become replacement characters. */
function decode(value: string): string | null {
  const spaced = value.replaceAll("+", " ");
  if (!spaced.includes("%")) return spaced;
  if (/%(?![0-9A-Fa-f]{2})/.test(spaced)) return null;
  return spaced.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll("%", ""), "hex").toString(),
  );
}

/** Protocols that java.net.URL knows. */
const protocols: readonly string[] = Object.freeze(["http", "https", "ftp", "file", "jar", "mailto"]);

/** A part of a URL, or the value of a name in its query; NULL when it is not there. */
function parseUrl(url: string, part: string, key?: string): string | null {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(
    url.trim(),
  );
  if (match === null || !protocols.includes((match[1] ?? "").toLowerCase())) return null;
  const [, protocol = "", authority, path = "", query, ref] = match;
  if (key !== undefined) return part === "QUERY" && query !== undefined ? queryValue(query, key) : null;
  const at = authority?.lastIndexOf("@") ?? -1;
  switch (part) {
    case "HOST":
      return authority === undefined ? "" : authority.slice(at + 1).replace(/:\d*$/, "");
    case "PATH":
      return path;
    case "QUERY":
      return query ?? null;
    case "REF":
      return ref ?? null;
    case "PROTOCOL":
      return protocol.toLowerCase();
    case "FILE":
      return query === undefined ? path : `${path}?${query}`;
    case "AUTHORITY":
      return authority ?? null;
    case "USERINFO":
      return authority === undefined || at < 0 ? null : authority.slice(0, at);
    default:
      return null;
  }
}

function queryValue(query: string, key: string): string | null {
  for (const pair of query.split("&")) {
    if (pair.startsWith(`${key}=`)) return pair.slice(key.length + 1);
  }
  return null;
}
