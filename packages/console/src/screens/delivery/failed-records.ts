/*
 * A line of the error output, as AWS documents it: attemptsMade, arrivalTimestamp (ms), errorCode, errorMessage,
 * attemptEndingTimestamp (ms), rawData (Base64), and what belongs to the step. Lines of failed conversions say
 * lastErrorCode and lastErrorMessage instead.
 */

/** A record that could not be delivered. */
export interface FailedRecord {
  readonly id: string;
  readonly object: string;
  readonly code: string;
  readonly message: string;
  readonly attempts: number | undefined;
  readonly arrivalMs: number | undefined;
  readonly failedMs: number | undefined;
  readonly data: Uint8Array;
  /** All else that the line says. */
  readonly details: Readonly<Record<string, unknown>>;
}

const known: ReadonlySet<string> = new Set([
  "attemptsMade",
  "arrivalTimestamp",
  "attemptEndingTimestamp",
  "errorCode",
  "errorMessage",
  "lastErrorCode",
  "lastErrorMessage",
  "rawData",
]);

/** The records of an object of the error output; a line that is none, or is cut off, is left out. */
export function failedRecords(object: string, text: string): readonly FailedRecord[] {
  return text.split("\n").flatMap((line, at) => {
    const record = line.trim() === "" ? undefined : failedRecord(line, object, at);
    return record === undefined ? [] : [record];
  });
}

function failedRecord(line: string, object: string, at: number): FailedRecord | undefined {
  const fields = fieldsOf(line);
  const code = fields?.["errorCode"] ?? fields?.["lastErrorCode"];
  if (fields === undefined || code === undefined) return undefined;
  return {
    id: `${object}#${at}`,
    object,
    code: String(code),
    message: String(fields["errorMessage"] ?? fields["lastErrorMessage"] ?? ""),
    attempts: numberOf(fields["attemptsMade"]),
    arrivalMs: numberOf(fields["arrivalTimestamp"]),
    failedMs: numberOf(fields["attemptEndingTimestamp"]),
    data: bytesOf(fields["rawData"]),
    details: Object.fromEntries(Object.entries(fields).filter(([name]) => !known.has(name))),
  };
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function numberOf(value: unknown): number | undefined {
  const number = Number(value);
  return value === undefined || value === null || Number.isNaN(number) ? undefined : number;
}

function bytesOf(value: unknown): Uint8Array {
  try {
    return typeof value === "string"
      ? Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0))
      : new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

/** Folders of the error output: `processing-failed`, `AmazonOpenSearchService_failed`, ... */
export function isErrorObject(key: string): boolean {
  return /(^|\/|=)[A-Za-z0-9-]+[-_]failed(\/|$)/.test(key);
}
