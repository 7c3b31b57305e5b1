import type {
  DescribeNodeConfigurationOptionsMessage,
  NodeConfigurationOption,
  NodeConfigurationOptionsFilter,
  NodeConfigurationOptionsMessage,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { storageMegaBytesOf } from "../../../kernels/warehouse/slices/node-types.ts";
import { keyOf } from "../clusters/kernel-settings.ts";
import { elasticShapes } from "../clusters/shape.ts";
import { missingParameter, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { findCluster } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftState } from "../state.ts";

const bytesPerMegaByte = 1024 * 1024;
const countDigits = 4;

/** What an elastic resize can make of a cluster. */
export function describeNodeConfigurationOptions(
  state: RedshiftState,
  input: Input<DescribeNodeConfigurationOptionsMessage>,
  call: Call,
): NodeConfigurationOptionsMessage {
  if (input.ActionType !== "resize-cluster") throw notImplemented(`ActionType ${input.ActionType}`);
  if (!input.ClusterIdentifier) throw missingParameter("ClusterIdentifier is required for resize-cluster.");
  const cluster = findCluster(state, call, input.ClusterIdentifier);
  const usedBytes = state.warehouse.state(keyOf(cluster))?.usedBytes ?? 0;
  const options = elasticShapes(cluster.shape)
    .map(
      (shape): Required<NodeConfigurationOption> => ({
        NodeType: shape.nodeType,
        NumberOfNodes: shape.nodes,
        EstimatedDiskUtilizationPercent:
          Math.round((usedBytes / bytesPerMegaByte / storageMegaBytesOf(shape)) * 10_000) / 100,
        Mode: "standard",
      }),
    )
    .filter((option) => (input.Filters ?? []).every((filter) => fits(option, filter)));
  const key = ({ NodeType, NumberOfNodes }: NodeConfigurationOption): string =>
    `${NodeType}/${String(NumberOfNodes).padStart(countDigits, "0")}`;
  const sorted = options.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const range = { min: limits.optionRecordsMin, max: limits.optionRecordsMax };
  const { items, rest } = pageOf(state, call, input, sorted, key, range);
  return { NodeConfigurationOptionList: items, ...rest };
}

/** Numbers compare as numbers; the filter without an operator wants equality. */
function fits(
  option: Required<NodeConfigurationOption>,
  { Name, Operator, Values = [] }: Input<NodeConfigurationOptionsFilter>,
): boolean {
  if (Name === undefined) return true;
  const actual = option[Name] ?? "";
  const compared = (value: string): number =>
    typeof actual === "number" ? actual - Number(value) : actual === value ? 0 : actual < value ? -1 : 1;
  const [first = "", second = ""] = Values;
  switch (Operator) {
    case "lt":
      return compared(first) < 0;
    case "gt":
      return compared(first) > 0;
    case "le":
      return compared(first) <= 0;
    case "ge":
      return compared(first) >= 0;
    case "between":
      return compared(first) >= 0 && compared(second) <= 0;
    default:
      return Values.some((value) => compared(value) === 0);
  }
}
