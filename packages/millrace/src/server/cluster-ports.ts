/*
 * List  => Entry ["," Entry ...]
 * Entry => Identifier "=" Port
 */

/** A port that leads to one cluster of Redshift and to no other. */
export interface ClusterPort {
  /** In lower case, as clusters are kept. */
  readonly identifier: string;
  readonly port: number;
}

/** What is wrong with the list. */
class ClusterPortError extends Error {
  override readonly name = "ClusterPortError";
}

const maxEntries = 100;
const maxPort = 65_535;

/** @throws ClusterPortError */
export function parseClusterPorts(text: string): readonly ClusterPort[] {
  if (text.trim() === "") return [];
  const entries = text.split(",").map((entry) => parseEntry(entry.trim()));
  if (entries.length > maxEntries) throw new ClusterPortError(`at most ${maxEntries} of them`);
  for (const pick of [({ identifier }: ClusterPort) => identifier, ({ port }: ClusterPort) => `${port}`])
    if (new Set(entries.map(pick)).size < entries.length)
      throw new ClusterPortError("one port for each cluster, and one cluster for each port");
  return entries;
}

function parseEntry(text: string): ClusterPort {
  const parts = /^([a-z][a-z0-9-]{0,62})=(\d{1,5})$/i.exec(text);
  const port = Number(parts?.[2]);
  if (parts === null || port < 1 || port > maxPort)
    throw new ClusterPortError("NAME=PORT, such as sales=5440,hr=5441");
  return { identifier: (parts[1] ?? "").toLowerCase(), port };
}
