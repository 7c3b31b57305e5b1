import type { SqlSession } from "../../kernels/warehouse/sql-session.ts";
import { sendParameter } from "./protocol/backend-messages.ts";
import type { Outbox } from "./protocol/outbox.ts";

/**
 * What Redshift tells each client of a new session, and what clients assume where the session has no such
 * setting. Drivers close the connection over a wrong `client_encoding`, `DateStyle` or
 * `standard_conforming_strings`, and over anything but on and off in `datashare_enabled`.
 */
const reported: readonly (readonly [name: string, fallback: string | undefined])[] = [
  ["client_encoding", "UTF8"],
  ["DateStyle", "ISO, MDY"],
  ["integer_datetimes", "on"],
  ["is_superuser", "off"],
  ["server_encoding", "UTF8"],
  ["server_version", "8.0.2"],
  ["session_authorization", undefined],
  ["standard_conforming_strings", "off"],
  ["TimeZone", "UTC"],
  ["padb_revision", undefined],
  ["padb_version", undefined],
  ["max_numeric_precision", "38"],
  ["max_varchar_size", "65535"],
  ["datashare_enabled", "on"],
  ["external_database", "off"],
  // From 4 on AWS's drivers ask for metadata with the SHOW commands; 5 would add SHOW ... FROM DATABASE.
  ["show_discovery", "4"],
];

/** @param protocolVersion undefined for a client that did not ask for one */
export function sendParameters(
  outbox: Outbox,
  session: SqlSession,
  protocolVersion: number | undefined,
): void {
  for (const [name, fallback] of reported) {
    const value = session.setting(name.toLowerCase()) ?? fallback;
    if (value !== undefined) sendParameter(outbox, name, value);
  }
  if (protocolVersion !== undefined)
    sendParameter(outbox, "server_protocol_version", String(protocolVersion));
}

/** A setting's name as clients know it in ParameterStatus. */
export function reportedName(setting: string): string {
  const lower = setting.toLowerCase();
  return reported.find(([name]) => name.toLowerCase() === lower)?.[0] ?? setting;
}
