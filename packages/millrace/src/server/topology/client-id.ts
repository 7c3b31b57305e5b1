import { createHash } from "node:crypto";
import type { ClientName } from "../../core/traffic/client-name.ts";

/** The same for the same program of the same principal; `kind` tells its producing from its consuming. */
export function clientId(
  kind: "producer" | "consumer",
  principal: string,
  { name, library }: ClientName,
): string {
  const hash = createHash("sha256").update(`${principal}\n${name}\n${library}`).digest("hex");
  return `${kind}:${hash.slice(0, 16)}`;
}
