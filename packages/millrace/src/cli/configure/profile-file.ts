/*
 * File    => Line*
 * Line    => Section | Setting | anything else, which stays as it is
 * Section => "[" Name "]"
 * Setting => Key "=" Value, from the beginning of the line; what is indented below it belongs to it
 */

/**
 * The text with these settings in the section. Keys that are there keep their place, others come at the section's end,
 * and a section that is not there comes at the end of the file. Every other byte stays: comments, line ends, order.
 */
export function withSettings(
  text: string,
  section: string,
  settings: Readonly<Record<string, string>>,
): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = splitLines(text);
  const range = sectionRange(lines, section);
  const setting = ([key, value]: readonly [string, string]): string => `${key} = ${value}${newline}`;
  if (range === undefined) {
    const ended = text === "" || /\n$/.test(text) ? text : `${text}${newline}`;
    const gap = ended === "" || /\r?\n\r?\n$/.test(ended) ? "" : newline;
    return `${ended}${gap}[${section}]${newline}${Object.entries(settings).map(setting).join("")}`;
  }
  const left = new Map(Object.entries(settings));
  const result = lines.map((line, index) => {
    const key = index > range.heading && index < range.end ? keyOf(line) : undefined;
    const value = key === undefined ? undefined : left.get(key);
    if (key === undefined || value === undefined) return line;
    left.delete(key);
    return settingOf(line) === value ? line : setting([key, value]);
  });
  const last = lastSetting(result, range);
  const before = result[last] ?? "";
  if (left.size > 0 && !before.endsWith("\n")) result[last] = `${before}${newline}`;
  result.splice(last + 1, 0, ...[...left].map(setting));
  return result.join("");
}

/** The text without these settings of the section, and without the section if nothing else is in it. */
export function withoutSettings(text: string, section: string, keys: readonly string[]): string {
  const lines = splitLines(text);
  const range = sectionRange(lines, section);
  if (range === undefined) return text;
  const rest = lines.slice(range.heading + 1, range.end).filter((line) => !keys.includes(keyOf(line) ?? ""));
  const isEmpty = rest.every((line) => line.trim() === "");
  const before = lines.slice(0, range.heading);
  // The line that parted it from the section before goes with it.
  if (isEmpty && before.length > 0 && before.at(-1)?.trim() === "" && rest.length === 0) before.pop();
  const kept = isEmpty ? rest : [lines[range.heading] ?? "", ...rest];
  return [...before, ...kept, ...lines.slice(range.end)].join("");
}

interface SectionRange {
  readonly heading: number;
  /** The line after its last one. */
  readonly end: number;
}

/** Lines with their ends. */
function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function sectionRange(lines: readonly string[], section: string): SectionRange | undefined {
  const heading = lines.findIndex((line) => headingOf(line) === section);
  if (heading < 0) return undefined;
  const next = lines.findIndex((line, index) => index > heading && headingOf(line) !== undefined);
  return { heading, end: next < 0 ? lines.length : next };
}

function headingOf(line: string): string | undefined {
  return /^\s*\[([^\]]*)\]/.exec(line)?.[1]?.trim().replaceAll(/\s+/g, " ");
}

function keyOf(line: string): string | undefined {
  return /^([A-Za-z0-9_.-]+)\s*=/.exec(line)?.[1]?.toLowerCase();
}

function settingOf(line: string): string {
  return line.slice(line.indexOf("=") + 1).trim();
}

/** Where new settings go: behind the last line of the section that is not empty. */
function lastSetting(lines: readonly string[], { heading, end }: SectionRange): number {
  let last = end - 1;
  while (last > heading && lines[last]?.trim() === "") last -= 1;
  return last;
}
