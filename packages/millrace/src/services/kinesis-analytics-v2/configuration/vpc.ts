import { createHash } from "node:crypto";
import type {
  VpcConfiguration,
  VpcConfigurationDescription,
  VpcConfigurationUpdate,
} from "@aws-sdk/client-kinesis-analytics-v2";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";

/** There are no networks here: the VPC's id is made of the subnets' and so is the same for the same ones. */
export function newVpc(asked: Input<VpcConfiguration>, id: string): VpcConfigurationDescription {
  const { SubnetIds, SecurityGroupIds } = asked;
  check("subnet", SubnetIds, /^subnet-[0-9a-f]+$/);
  check("security group", SecurityGroupIds, /^sg-[0-9a-f]+$/);
  const VpcId = `vpc-${createHash("sha256")
    .update([...SubnetIds].sort().join(" "))
    .digest("hex")
    .slice(0, 17)}`;
  return { VpcConfigurationId: id, VpcId, SubnetIds, SecurityGroupIds };
}

export function updatedVpc(
  before: VpcConfigurationDescription,
  update: Input<VpcConfigurationUpdate>,
): VpcConfigurationDescription {
  return newVpc(
    {
      SubnetIds: update.SubnetIdUpdates ?? before.SubnetIds ?? [],
      SecurityGroupIds: update.SecurityGroupIdUpdates ?? before.SecurityGroupIds ?? [],
    },
    update.VpcConfigurationId,
  );
}

function check(kind: string, ids: readonly string[], pattern: RegExp): void {
  const wrong = ids.find((id) => !pattern.test(id));
  if (wrong !== undefined) throw invalidArgument(`${wrong} is not the id of a ${kind}.`);
}
