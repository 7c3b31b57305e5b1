/** Addresses of this screen's pages. */
export function databasePath(database: string): string {
  return `/catalog/databases/${encodeURIComponent(database)}`;
}

export function tablePath(database: string, table: string): string {
  return `${databasePath(database)}/tables/${encodeURIComponent(table)}`;
}

export function crawlerPath(crawler: string): string {
  return `/catalog/crawlers/${encodeURIComponent(crawler)}`;
}

/** The query editor with a statement in it. */
export function queryPath(sql: string): string {
  return `/query?${new URLSearchParams({ kind: "redshift", sql })}`;
}
