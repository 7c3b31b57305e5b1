import { SqlError } from "../../sql-error.ts";
import { parseStatement } from "./redshift-parser.ts";

type Plain =
  | null
  | boolean
  | number
  | string
  | undefined
  | readonly Plain[]
  | { readonly [key: string]: Plain };

const isSpan = (key: string): boolean => key === "span" || key.endsWith("Span");

/** A tree without spans; names are their texts, and what is undefined, false or empty is left out. */
export function outline(text: string): Plain {
  return plain(parseStatement(text));
}

function plain(value: unknown): Plain {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value === "bigint") {
    return value.toString();
  }
  if (typeof value !== "object" || value === null) {
    return value as Plain;
  }
  const entries = Object.entries(value);
  const keys = entries.map(([key]) => key).join();
  if (keys === "name,quoted,span") {
    return plain(entries[0]?.[1]);
  }
  if (keys === "parts,span") {
    return (plain(entries[0]?.[1]) as readonly Plain[])
      .map((part) => JSON.stringify(part))
      .join(".")
      .replaceAll('"', "");
  }
  const kept = entries.filter(([key, held]) => !isSpan(key) && !isNothing(held));
  return Object.fromEntries(kept.map(([key, held]) => [key, plain(held)]));
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === false || (Array.isArray(value) && value.length === 0);

/** `SQLSTATE message @position` of the error that a text gives. */
export function failure(text: string): string {
  try {
    parseStatement(text);
  } catch (error) {
    if (error instanceof SqlError) {
      return `${error.sqlState} ${error.message} @${error.position}`;
    }
    throw error;
  }
  return "parsed";
}
