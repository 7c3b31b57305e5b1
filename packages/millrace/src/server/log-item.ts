/** pino's numbers. */
export const logLevelNumbers: Readonly<Record<string, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

/** A line of the log, taken apart. */
export interface LogItem {
  /** When, in ms since 1970. */
  readonly at: number;
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Takes a line apart as pino has written it. One that was cut is not JSON any more: it is shown as it is. */
export function logItemOf(text: string): LogItem {
  try {
    const { level, time, msg, ...fields } = JSON.parse(text) as Record<string, unknown>;
    const name = Object.keys(logLevelNumbers).find((key) => logLevelNumbers[key] === level) ?? "error";
    return { at: Number(time), level: name, message: String(msg ?? ""), fields };
  } catch {
    const time = /"time":(\d{1,15})/.exec(text)?.[1];
    return { at: Number(time ?? 0), level: "error", message: text.trimEnd(), fields: {} };
  }
}
