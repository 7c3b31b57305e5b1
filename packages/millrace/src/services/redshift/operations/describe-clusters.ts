import type { ClustersMessage, DescribeClustersMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { refreshClusters } from "../clusters/adoption.ts";
import { describeCluster } from "../clusters/description.ts";
import { findCluster } from "../lookup.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftState } from "../state.ts";
import { tagged } from "../tags.ts";

export async function describeClusters(
  state: RedshiftState,
  input: Input<DescribeClustersMessage>,
  call: Call,
): Promise<ClustersMessage> {
  await refreshClusters(state);
  const identifier = input.ClusterIdentifier;
  const found = identifier ? [findCluster(state, call, identifier)] : state.clusters.list(call);
  const { items, rest } = pageOf(state, call, input, found.filter(tagged(input)), ({ name }) => name);
  return { Clusters: items.map((cluster) => describeCluster(state, cluster)), ...rest };
}
