import type {
  AddApplicationVpcConfigurationRequest,
  AddApplicationVpcConfigurationResponse,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";

import { changeVersion } from "../applications/change.ts";
import { checkCount, checkParts } from "../configuration/new-configuration.ts";
import { newVpc } from "../configuration/vpc.ts";
import { limits } from "../limits.ts";
import type { KinesisAnalyticsV2State } from "../state.ts";

export async function addApplicationVpcConfiguration(
  state: KinesisAnalyticsV2State,
  input: Input<AddApplicationVpcConfigurationRequest>,
  call: Call,
): Promise<AddApplicationVpcConfigurationResponse> {
  const { application, operationId } = await changeVersion(state, call, input, ({ document }) => {
    const { configuration, version, runtime } = document.current;
    checkParts(["VpcConfigurations"], runtime);
    const vpcs = configuration.VpcConfigurationDescriptions ?? [];
    checkCount("VPC configuration", vpcs.length + 1, limits.vpcConfigurations);
    const added = newVpc(input.VpcConfiguration, `${version + 1}.1`);
    return {
      version: { configuration: { ...configuration, VpcConfigurationDescriptions: [...vpcs, added] } },
    };
  });
  const { current } = application.document;
  return {
    ApplicationARN: application.arn,
    ApplicationVersionId: current.version,
    VpcConfigurationDescription: current.configuration.VpcConfigurationDescriptions?.at(-1),
    OperationId: operationId,
  };
}
