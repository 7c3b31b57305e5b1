import type { CrawlerHistory, CrawlsFilter, FilterOperator } from "@aws-sdk/client-glue";
import type { Input } from "../../../gateway/service.ts";
import { invalidInput } from "../errors.ts";

/** What a crawl must be like to be listed. @throws ServiceError InvalidInputException */
export function crawlFilter(filters: readonly Input<CrawlsFilter>[]): (crawl: CrawlerHistory) => boolean {
  const conditions = filters.map(conditionOf);
  return (crawl) => conditions.every((condition) => condition(crawl));
}

/** The fields by their values: texts can only be equal or not. */
const texts = {
  CRAWL_ID: (crawl: CrawlerHistory) => crawl.CrawlId ?? "",
  STATE: (crawl: CrawlerHistory) => crawl.State ?? "",
} as const;
const numbers = {
  START_TIME: (crawl: CrawlerHistory) => crawl.StartTime?.getTime() ?? Number.NaN,
  END_TIME: (crawl: CrawlerHistory) => crawl.EndTime?.getTime() ?? Number.NaN,
  DPU_HOUR: (crawl: CrawlerHistory) => crawl.DPUHour ?? 0,
} as const;

const comparisons: Readonly<Record<FilterOperator, (a: number, b: number) => boolean>> = {
  EQ: (a, b) => a === b,
  NE: (a, b) => a !== b,
  GT: (a, b) => a > b,
  GE: (a, b) => a >= b,
  LT: (a, b) => a < b,
  LE: (a, b) => a <= b,
};

function conditionOf(filter: Input<CrawlsFilter>): (crawl: CrawlerHistory) => boolean {
  const { FieldName: field, FilterOperator: operator, FieldValue: value } = filter;
  if (field === undefined || operator === undefined || value === undefined)
    throw invalidInput("A filter needs a FieldName, a FilterOperator and a FieldValue.");
  if (field === "CRAWL_ID" || field === "STATE") {
    if (operator !== "EQ" && operator !== "NE")
      throw invalidInput(`${field} can be compared with EQ and NE only, not with ${operator}.`);
    return (crawl) => (texts[field](crawl) === value) === (operator === "EQ");
  }
  const wanted = value.trim() === "" ? Number.NaN : Number(value);
  if (!Number.isFinite(wanted))
    throw invalidInput(`${field} cannot be compared with ${JSON.stringify(value)}.`);
  return (crawl) => comparisons[operator](numbers[field](crawl), wanted);
}
