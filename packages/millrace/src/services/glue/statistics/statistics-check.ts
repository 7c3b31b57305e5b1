import type { ColumnStatistics, ColumnStatisticsData, DecimalNumber } from "@aws-sdk/client-glue";
import type { Input } from "../../../gateway/service.ts";
import type { TableEntry } from "../../../kernels/catalog/index.ts";
import { entityNotFound, invalidInput } from "../errors.ts";

type Data = Input<ColumnStatisticsData>;
type Type = Data["Type"];

/** The member of the data that a type is about. */
const members: Readonly<Record<Type, Exclude<keyof Data, "Type">>> = {
  BOOLEAN: "BooleanColumnStatisticsData",
  DATE: "DateColumnStatisticsData",
  DECIMAL: "DecimalColumnStatisticsData",
  DOUBLE: "DoubleColumnStatisticsData",
  LONG: "LongColumnStatisticsData",
  STRING: "StringColumnStatisticsData",
  BINARY: "BinaryColumnStatisticsData",
};

/** Hive's widest decimals have 38 digits. */
const maxDecimalScale = 38;
const maxDecimalBytes = 16;

/** The columns of a table, keys of partitions included, in small letters as they are compared. */
export function columnsOf({ definition }: TableEntry): ReadonlySet<string> {
  const columns = [...(definition.StorageDescriptor?.Columns ?? []), ...(definition.PartitionKeys ?? [])];
  return new Set(columns.map(({ Name }) => Name.toLowerCase()));
}

/** @throws ServiceError for statistics that contradict themselves or are of no column of the table */
export function checkStatistics(statistics: Input<ColumnStatistics>, columns: ReadonlySet<string>): void {
  const { ColumnName, StatisticsData: data } = statistics;
  if (!columns.has(ColumnName.toLowerCase())) throw entityNotFound(`Column ${ColumnName} not found.`);
  const wanted = members[data.Type];
  for (const member of Object.values(members)) {
    if (member === wanted && data[member] === undefined)
      throw invalidInput(`Statistics of type ${data.Type} require ${member}.`);
    if (member !== wanted && data[member] !== undefined)
      throw invalidInput(`Statistics of type ${data.Type} must not have ${member}.`);
  }
  if (isReversed(data)) throw invalidInput(`The minimum of column ${ColumnName} is above its maximum.`);
}

function isReversed(data: Data): boolean {
  const ranges = [
    data.LongColumnStatisticsData,
    data.DoubleColumnStatisticsData,
    data.DateColumnStatisticsData,
  ];
  for (const range of ranges) {
    const { MinimumValue: low, MaximumValue: high } = range ?? {};
    if (low !== undefined && high !== undefined && low > high) return true;
  }
  const { MinimumValue: low, MaximumValue: high } = data.DecimalColumnStatisticsData ?? {};
  if (low !== undefined) checkDecimal(low);
  if (high !== undefined) checkDecimal(high);
  return low !== undefined && high !== undefined && scaled(low, high.Scale) > scaled(high, low.Scale);
}

function checkDecimal({ Scale, UnscaledValue }: Input<DecimalNumber>): void {
  if (Scale < 0 || Scale > maxDecimalScale)
    throw invalidInput(`The scale of a decimal must be between 0 and ${maxDecimalScale}.`);
  if (UnscaledValue.length === 0 || UnscaledValue.length > maxDecimalBytes)
    throw invalidInput(`The unscaled value of a decimal has 1 to ${maxDecimalBytes} bytes.`);
}

/** The unscaled value, which is big-endian and in two's complement, times ten to the other's scale. */
function scaled({ UnscaledValue }: Input<DecimalNumber>, otherScale: number): bigint {
  const unsigned = BigInt(`0x${Buffer.from(UnscaledValue).toString("hex")}`);
  return BigInt.asIntN(UnscaledValue.length * 8, unsigned) * 10n ** BigInt(otherScale);
}
