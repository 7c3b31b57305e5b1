import type {
  DescribeOrderableClusterOptionsMessage,
  OrderableClusterOption,
  OrderableClusterOptionsMessage,
} from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { nodeTypes } from "../../../kernels/warehouse/slices/node-types.ts";
import { zonesOf } from "../clusters/options.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftState } from "../state.ts";

export function describeOrderableClusterOptions(
  state: RedshiftState,
  input: Input<DescribeOrderableClusterOptionsMessage>,
  call: Call,
): OrderableClusterOptionsMessage {
  const AvailabilityZones = zonesOf(call.region).map((Name) => ({ Name }));
  const options = nodeTypes
    .flatMap(({ name, singleNode }): OrderableClusterOption[] =>
      ["multi-node", ...(singleNode ? ["single-node"] : [])].map((ClusterType) => ({
        ClusterVersion: "1.0",
        ClusterType,
        NodeType: name,
        AvailabilityZones,
      })),
    )
    .filter(({ NodeType }) => !input.NodeType || NodeType === input.NodeType)
    .filter(({ ClusterVersion }) => !input.ClusterVersion || ClusterVersion === input.ClusterVersion);
  const keyOf = ({ NodeType, ClusterType }: OrderableClusterOption): string => `${NodeType}/${ClusterType}`;
  const sorted = options.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const { items, rest } = pageOf(state, call, input, sorted, keyOf);
  return { OrderableClusterOptions: items, ...rest };
}
