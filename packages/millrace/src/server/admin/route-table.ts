import { assert } from "../../core/assert.ts";
import { type AdminRoute, badRequest } from "./route.ts";

interface Entry {
  readonly route: AdminRoute;
  readonly parts: readonly string[];
}

export interface MatchedRoute {
  readonly route: AdminRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a method and a path. Of two that fit, the one with the earlier fixed part wins. */
export class RouteTable {
  readonly #entries: readonly Entry[];

  constructor(routes: readonly AdminRoute[]) {
    const names = routes.map(({ method, pattern }) => `${method} ${pattern}`);
    assert(new Set(names).size === names.length, "each route is there once");
    this.#entries = routes
      .map((route) => ({ route, parts: route.pattern.split("/") }))
      .sort((a, b) => (a.route.pattern.replaceAll(":", "~") < b.route.pattern.replaceAll(":", "~") ? -1 : 1));
  }

  /** @param path below the prefix, still encoded. @throws ServiceError when a part is not encoded text */
  find(method: string, path: string): MatchedRoute | undefined {
    const parts = path.split("/");
    // HEAD is GET without the body.
    const wanted = method === "HEAD" ? "GET" : method;
    const entry = this.#entries.find(
      (candidate) => candidate.route.method === wanted && fits(candidate.parts, parts),
    );
    return entry && { route: entry.route, parameters: parametersOf(entry.parts, parts) };
  }

  /** `GET status`, for the answer to who asks for something else. */
  get names(): readonly string[] {
    return this.#entries.map(({ route }) => `${route.method} ${route.pattern}`);
  }
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((part, i) => (part.startsWith(":") ? parts[i] !== "" : part === parts[i]))
  );
}

function parametersOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [i, part] of pattern.entries())
    if (part.startsWith(":")) parameters[part.slice(1)] = decoded(parts[i] ?? "");
  return parameters;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest("The path is not percent-encoded UTF-8.");
  }
}
