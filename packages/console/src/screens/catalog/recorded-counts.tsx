import type { Column } from "../../ui/data-table.tsx";
import { countText } from "../../ui/format.ts";

/** What crawlers and other writers record in the parameters of tables and partitions. */
interface Described {
  readonly Parameters?: Readonly<Record<string, string>> | undefined;
}

/** A column of a count that a crawler has made; other writers may not tell. */
export function recordedCount<T extends Described>(
  title: string,
  parameter: "recordCount" | "objectCount",
): Column<T> {
  const countOf = ({ Parameters }: T): number | undefined => {
    const text = Parameters?.[parameter];
    return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
  };
  return {
    key: title.toLowerCase(),
    title,
    value: countOf,
    render: (described) => {
      const count = countOf(described);
      return count === undefined ? "" : countText(count);
    },
    width: "85px",
    align: "right",
  };
}
