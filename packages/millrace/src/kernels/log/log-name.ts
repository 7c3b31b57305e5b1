import { LogInputError } from "./errors.ts";
import { logLimits } from "./limits.ts";

/*
 * Directory => Char+        at most 200 bytes; never begins or ends with a dot, equal on any file system
 *   Char => a-z | 0-9 | "-" | "_" | "."       itself; a dot only inside
 *         | "+" a-z                           the upper-case letter
 *         | "%" hex hex                       any other byte of the id's UTF-8
 * Case is spelled out because some file systems take `Orders` and `orders` for the same name.
 */
const maxIdLength = 400;

/** The directory of a log inside its store. Any id gives a name that stays there, or an error. */
export function directoryOfId(id: string): string {
  if (id === "" || id.length > maxIdLength || !id.isWellFormed()) {
    throw new LogInputError(`a log id has 1 to ${maxIdLength} characters of well-formed text`);
  }
  const name = [...Buffer.from(id)]
    .map(encodeByte)
    .join("")
    .replace(/^\.|\.$/g, "%2e");
  if (name.length > logLimits.maxDirectoryNameBytes) {
    throw new LogInputError(`the log id ${id} is too long for a directory name`);
  }
  return name;
}

function encodeByte(byte: number): string {
  const char = String.fromCharCode(byte);
  if (/[a-z0-9._-]/.test(char)) return char;
  if (/[A-Z]/.test(char)) return `+${char.toLowerCase()}`;
  return `%${byte.toString(16).padStart(2, "0")}`;
}

/** The id of a directory, undefined when the name is not one that `directoryOfId` gives. */
export function idOfDirectory(name: string): string | undefined {
  if (!/^(?:[a-z0-9._-]|\+[a-z]|%[0-9a-f]{2})+$/.test(name)) return undefined;
  const bytes = name.replace(/\+([a-z])/g, (_, letter: string) => letter.toUpperCase());
  try {
    const id = decodeURIComponent(bytes);
    return directoryOfId(id) === name ? id : undefined;
  } catch {
    // Not UTF-8, or too long: not a name of ours.
    return undefined;
  }
}

/** A log that is being deleted has this name until its files are gone. Ids never begin with a dot. */
export const tombstonePrefix = ".deleted-";
