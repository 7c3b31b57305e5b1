/** Where something stands in the text of a statement, in UTF-16 units from 0. */
export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}
