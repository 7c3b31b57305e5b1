import { ServiceError } from "../../core/errors.ts";

/** More parameters than any AWS request has; a hostile body could name hundreds of thousands. */
const maxParameters = 50_000;

export function malformedQuery(): ServiceError {
  return new ServiceError("MalformedQueryString", "The query string contains a syntax error.", {
    status: 404,
  });
}

/** The decoded pairs of `name=value&...`, as in a query or a form body, in their order. */
export function parseForm(text: string): readonly (readonly [string, string])[] {
  if (text === "") return [];
  const parts = text.split("&", maxParameters + 1);
  if (parts.length > maxParameters) throw malformedQuery();
  const pairs: (readonly [string, string])[] = [];
  for (const part of parts) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = equals < 0 ? part : part.slice(0, equals);
    pairs.push([decodeFormText(name), equals < 0 ? "" : decodeFormText(part.slice(equals + 1))]);
  }
  return pairs;
}

function decodeFormText(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw malformedQuery();
  }
}
