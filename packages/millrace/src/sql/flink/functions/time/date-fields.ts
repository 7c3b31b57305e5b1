/** Where a parser stands in its text. */
export interface TextCursor {
  readonly text: string;
  at: number;
}

interface Values {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  hour?: number;
  clockHour?: number;
  halfHour?: number;
  clockHalfHour?: number;
  half?: number;
  minute?: number;
  second?: number;
  nano?: number;
}

/** What a parser has read. */
export class DateFields {
  values: Values = {};

  /** False when the field was read before and was something else. */
  set(name: keyof Values, value: number): boolean {
    const known = this.values[name];
    this.values[name] = value;
    return known === undefined || known === value;
  }

  copy(): Values {
    return { ...this.values };
  }

  take(values: Values): void {
    this.values = values;
  }

  /** Of the day; undefined when what was read is none. A clock of 12 hours without AM or PM says nothing. */
  hour(): number | undefined {
    const { hour, clockHour, half } = this.values;
    if (hour !== undefined) return hour;
    if (clockHour !== undefined) return clockHour > 24 ? undefined : clockHour % 24;
    const ofHalf = this.values.halfHour ?? this.values.clockHalfHour;
    if (ofHalf === undefined || half === undefined) return 0;
    return ofHalf > 12 ? undefined : (ofHalf % 12) + half * 12;
  }
}

/**
 * Reads digits, at least `least` and at most `most`, and leaves `after` of those that follow each other to the
 * fields behind.
 */
export function readNumber(
  cursor: TextCursor,
  least: number,
  most: number,
  after: number,
): number | undefined {
  const { text, at } = cursor;
  let end = at;
  while (end < text.length && end - at < most + after && isDigit(text.charCodeAt(end))) end += 1;
  const digits = Math.min(Math.max(end - at - after, least), most);
  if (end - at < digits) return undefined;
  cursor.at = at + digits;
  return Number(text.slice(at, cursor.at));
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `Z`, `+08`, `+0800`, `+08:00`, or a zone's name: its text; undefined when there is none. */
export function readOffset(cursor: TextCursor): string | undefined {
  const pattern =
    /(?:UTC|GMT|UT)?[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?|[A-Za-z][A-Za-z_]*(?:\/[A-Za-z_+\-0-9]+)*/y;
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text);
  if (match === null) return undefined;
  cursor.at += match[0].length;
  return match[0];
}
