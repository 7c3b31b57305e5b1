import { quoteString } from "../engine/quote.ts";
import type { SessionParts } from "./session-parts.ts";
import { settingDefinitions } from "./setting-table.ts";
import { engineTimeZone } from "./setting-values.ts";

/** What a new value of a setting changes beside the setting itself. */
export async function applySetting(parts: SessionParts, name: string, value: string): Promise<void> {
  if (name === "timezone") await parts.connection.run(`SET TimeZone = ${quoteString(engineTimeZone(value))}`);
  if (settingDefinitions.get(name)?.reported === true) parts.events.parameter(reportedName(name), value);
}

/** As PostgreSQL writes it in ParameterStatus. */
function reportedName(name: string): string {
  if (name === "timezone") return "TimeZone";
  return name === "datestyle" ? "DateStyle" : name;
}
