import { resolve } from "node:path";
import { ConfigurationError } from "./configuration.ts";
import { nearestName } from "./nearest-name.ts";
import { type Layer, shortened } from "./resolved.ts";
import { type Flag, type Setting, settings } from "./settings.ts";

export interface ObjectPlace {
  /** `millrace.config.ts`; undefined for an object that a program gives. */
  readonly file: string | undefined;
  /** What relative paths are relative to. */
  readonly folder: string;
}

/** The settings of an object that a configuration file exports, or a program gives. @throws ConfigurationError */
export function objectLayer(value: unknown, place: ObjectPlace): Layer {
  const texts: Partial<Record<Flag, string>> = {};
  const behind = place.file === undefined ? "" : ` in ${place.file}`;
  if (!isRecord(value))
    throw new ConfigurationError(
      `${place.file ?? "The configuration"} must be an object of settings, such as { port: 4566 }.`,
    );
  for (const [key, given] of Object.entries(value)) {
    const setting = settings.find((candidate) => candidate.key === key);
    if (setting === undefined) throw new ConfigurationError(unknownKey(key, behind));
    if (given === undefined) continue;
    texts[setting.flag] = textOf(setting, given, behind, place);
  }
  const keyOf = new Map(settings.map(({ flag, key }) => [flag, key]));
  const kind = place.file === undefined ? "object" : "file";
  return { texts, source: (flag) => ({ kind, name: `${keyOf.get(flag)}${behind}` }) };
}

function unknownKey(key: string, behind: string): string {
  const keys = settings.map((setting) => setting.key);
  const nearest = nearestName(key, keys);
  const advice = nearest === undefined ? `There are ${keys.join(", ")}.` : `Did you mean ${nearest}?`;
  return `${JSON.stringify(key)}${behind} is no setting. ${advice}`;
}

function textOf(setting: Setting, value: unknown, behind: string, place: ObjectPlace): string {
  const name = `${setting.key}${behind}`;
  const fail = (expected: string): never => {
    throw new ConfigurationError(
      `${name} ${setting.isSecret ? "(not shown)" : shown(value)} must be ${expected}.`,
    );
  };
  switch (setting.form) {
    case "number":
      return typeof value === "number" ? `${value}` : fail("a number");
    case "boolean":
      return typeof value === "boolean" ? (value ? "on" : "off") : fail("true or false");
    case "text":
      return typeof value === "string" ? value : fail("a text");
    case "path":
      return typeof value === "string" && value !== "" ? resolve(place.folder, value) : fail("a path");
    case "list":
      return listText(value) ?? fail("a list of texts, none of them with a comma");
    case "map":
      return (
        mapText(value, (item) => (typeof item === "number" ? `${item}` : undefined)) ??
        fail("an object of numbers, such as { sales: 5440 }")
      );
    case "path-map":
      return (
        mapText(value, (item) => targetText(item, place)) ??
        fail('an object of texts without commas, such as { enrich: "./enrich.mjs" }')
      );
  }
}

/** What the command line separates by commas can have none in it. */
function listText(value: unknown): string | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isAlone = !Array.isArray(value);
  const fits = items.every(
    (item) => typeof item === "string" && item !== "" && (isAlone || !item.includes(",")),
  );
  return fits ? items.join(",") : undefined;
}

function mapText(value: unknown, read: (item: unknown) => string | undefined): string | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value).map(([name, item]) => ({ name, text: read(item) }));
  const fits = entries.every(
    ({ name, text }) => text !== undefined && !/[,=]/.test(name) && !text.includes(","),
  );
  return fits ? entries.map(({ name, text }) => `${name}=${text}`).join(",") : undefined;
}

function targetText(item: unknown, { folder }: ObjectPlace): string | undefined {
  if (typeof item !== "string" || item === "") return undefined;
  return /^https?:/i.test(item) ? item : resolve(folder, item);
}

function shown(value: unknown): string {
  return typeof value === "function" ? "a function" : shortened(JSON.stringify(value) ?? String(value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
