import type { TimestampPattern } from "./timestamp-pattern.ts";

/** What the two SerDes of Hive do differently with the same JSON. */
export interface DecodeRules {
  /** OpenX: text in numeric columns is parsed, what is no array is wrapped into one, an array fills a struct. */
  readonly isLenient: boolean;
  /** Whether names of columns and members are compared without case. */
  readonly ignoresCase: boolean;
  /** Whether keys of maps and of what is kept as text are made lower-case. */
  readonly lowersKeys: boolean;
  /** Dots in keys stand for underscores of columns. */
  readonly dotsToUnderscores: boolean;
  /** From the name of a column or member to the key that it stands under. */
  readonly keyOfName: ReadonlyMap<string, string>;
  /** Undefined: the forms that OpenX knows, or java.sql.Timestamp's. */
  readonly timestampPatterns?: readonly TimestampPattern[];
}
