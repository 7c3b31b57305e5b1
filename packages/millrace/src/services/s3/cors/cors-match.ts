import type { CORSRule } from "@aws-sdk/client-s3";

/** A request from another origin, as a browser describes it. */
export interface CorsRequest {
  readonly origin: string;
  readonly method: string;
  /** What `Access-Control-Request-Headers` names. */
  readonly headers: readonly string[];
}

/** The headers that tell a browser what it may do; undefined when no rule fits. The first that fits counts. */
export function corsHeaders(
  rules: readonly CORSRule[],
  request: CorsRequest,
): Record<string, string> | undefined {
  for (const rule of rules) {
    const allowed = rule.AllowedOrigins?.find((pattern) => fits(pattern, request.origin));
    if (allowed === undefined || rule.AllowedMethods?.includes(request.method) !== true) continue;
    if (!request.headers.every((header) => allowsHeader(rule, header))) continue;
    return headersOf(rule, allowed, request);
  }
  return undefined;
}

function allowsHeader(rule: CORSRule, header: string): boolean {
  return rule.AllowedHeaders?.some((pattern) => fits(pattern.toLowerCase(), header.toLowerCase())) === true;
}

function headersOf(rule: CORSRule, allowed: string, request: CorsRequest): Record<string, string> {
  const headers: Record<string, string> = {
    // Credentials go with one origin only; to everybody, a browser gives none.
    "access-control-allow-origin": allowed === "*" ? "*" : request.origin,
    "access-control-allow-methods": (rule.AllowedMethods ?? []).join(", "),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
  if (allowed !== "*") headers["access-control-allow-credentials"] = "true";
  if (request.headers.length > 0)
    headers["access-control-allow-headers"] = request.headers.map((name) => name.toLowerCase()).join(", ");
  if (rule.ExposeHeaders !== undefined && rule.ExposeHeaders.length > 0)
    headers["access-control-expose-headers"] = rule.ExposeHeaders.join(", ");
  if (rule.MaxAgeSeconds !== undefined) headers["access-control-max-age"] = String(rule.MaxAgeSeconds);
  return headers;
}

/** A pattern holds one `*` at most, which stands for any run of characters. */
function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}
