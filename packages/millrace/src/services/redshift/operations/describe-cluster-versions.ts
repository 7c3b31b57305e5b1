import type { ClusterVersionsMessage, DescribeClusterVersionsMessage } from "@aws-sdk/client-redshift";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { pageOf } from "../paging.ts";
import { families } from "../parameters/definitions.ts";
import type { RedshiftState } from "../state.ts";

/** One version, with each family of parameters. */
export function describeClusterVersions(
  state: RedshiftState,
  input: Input<DescribeClusterVersionsMessage>,
  call: Call,
): ClusterVersionsMessage {
  const versions = families
    .filter((family) => !input.ClusterParameterGroupFamily || family === input.ClusterParameterGroupFamily)
    .filter(() => !input.ClusterVersion || input.ClusterVersion === "1.0")
    .map((ClusterParameterGroupFamily) => ({
      ClusterVersion: "1.0",
      ClusterParameterGroupFamily,
      Description: "Millrace's warehouse",
    }));
  const { items, rest } = pageOf(
    state,
    call,
    input,
    versions,
    (version) => version.ClusterParameterGroupFamily,
  );
  return { ClusterVersions: items, ...rest };
}
