/** `kinesis-analytics-v2` becomes `KinesisAnalyticsV2`. */
export function pascalCase(id: string): string {
  return id
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}
