/** Databases that Millrace itself can connect to. */
export type JdbcEngine = "postgresql" | "mysql";

export interface JdbcTarget {
  readonly engine: JdbcEngine;
  readonly host: string;
  readonly port: number;
  /** "" when the URL names none. */
  readonly database: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const defaultPorts: Readonly<Record<JdbcEngine, number>> = { postgresql: 5432, mysql: 3306 };

/** The longest URL that a connection's property can hold. */
const maxUrlChars = 1024;

/**
 * Reads a JDBC URL of a database that Millrace can connect to; undefined when it is another's or none at all.
 *
 *   url => "jdbc:" ("postgresql" | "mysql") "://" host [":" port] ["/" database] ["?" key "=" value ("&" ...)*]
 */
export function parseJdbcUrl(text: string): JdbcTarget | undefined {
  if (text.length > maxUrlChars) return undefined;
  const match =
    /^jdbc:(postgresql|mysql):\/\/(\[[0-9a-fA-F:.]+\]|[^/?#:@\s,]+)(?::(\d{1,5}))?(?:\/([^?#;\s]*))?(?:\?([^#\s]*))?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, name, host = "", portText, database = "", query = ""] = match;
  const engine: JdbcEngine = name === "mysql" ? "mysql" : "postgresql";
  const port = portText === undefined ? defaultPorts[engine] : Number(portText);
  if (port < 1 || port > 65_535) return undefined;
  return {
    engine,
    host: host.replace(/^\[|\]$/g, ""),
    port,
    database: decoded(database),
    parameters: new Map(new URLSearchParams(query)),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
