import { SqlError } from "../../../sql-error.ts";

/** Abbreviations of time zones that Redshift takes beside full names, as the engine's zones of the same offset. */
const abbreviations: Readonly<Record<string, string>> = Object.freeze({
  UTC: "UTC",
  GMT: "UTC",
  Z: "UTC",
  ZULU: "UTC",
  WET: "Etc/GMT",
  WEST: "Etc/GMT-1",
  BST: "Etc/GMT-1",
  CET: "Etc/GMT-1",
  CEST: "Etc/GMT-2",
  MET: "Etc/GMT-1",
  EET: "Etc/GMT-2",
  EEST: "Etc/GMT-3",
  MSK: "Etc/GMT-3",
  PKT: "Etc/GMT-5",
  JST: "Etc/GMT-9",
  KST: "Etc/GMT-9",
  AEST: "Etc/GMT-10",
  AEDT: "Etc/GMT-11",
  NZST: "Etc/GMT-12",
  NZDT: "Etc/GMT-13",
  EST: "Etc/GMT+5",
  EDT: "Etc/GMT+4",
  CST: "Etc/GMT+6",
  CDT: "Etc/GMT+5",
  MST: "Etc/GMT+7",
  MDT: "Etc/GMT+6",
  PST: "Etc/GMT+8",
  PDT: "Etc/GMT+7",
  AKST: "Etc/GMT+9",
  AKDT: "Etc/GMT+8",
  HST: "Etc/GMT+10",
  AST: "Etc/GMT+4",
  ADT: "Etc/GMT+3",
});

/**
 * The engine's name of a zone. Names may be in any case; POSIX-style offsets (`UTC+5`, `+05:30`) count hours
 * west of Greenwich, as in PostgreSQL.
 * @throws SqlError 22023
 */
export function zoneName(name: string): string {
  const trimmed = name.trim();
  const known = abbreviations[trimmed.toUpperCase()];
  if (known !== undefined) return known;
  const offset = /^(?:[a-z_/]{3,})?\s*([+-]?)(\d{1,2})(?::?00)?$/i.exec(trimmed);
  if (offset !== null && Number(offset[2]) <= 14) {
    // Zones of Etc/ have PostgreSQL's sign: Etc/GMT+5 is five hours west.
    return Number(offset[2]) === 0 ? "UTC" : `Etc/GMT${offset[1] === "-" ? "-" : "+"}${Number(offset[2])}`;
  }
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: trimmed }).resolvedOptions().timeZone;
  } catch {
    throw new SqlError("22023", `time zone "${name}" not recognized`);
  }
}
