/** A filter pattern of CloudWatch Logs, read. */
export interface FilterPattern {
  matches(message: string): boolean;
  /** What `$.a.b` or `$field` finds in a message; undefined when it finds nothing. */
  extract(message: string, selector: string): string | undefined;
  /** The values that TestMetricFilter shows, by their selectors. */
  values(message: string): Record<string, string>;
}
