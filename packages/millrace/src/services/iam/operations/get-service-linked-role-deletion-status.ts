import type {
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse,
} from "@aws-sdk/client-iam";
import type { Input } from "../../../gateway/service.ts";
import { noSuchEntity } from "../errors.ts";
import type { IamState } from "../state.ts";

export function getServiceLinkedRoleDeletionStatus(
  _state: IamState,
  input: Input<GetServiceLinkedRoleDeletionStatusRequest>,
): GetServiceLinkedRoleDeletionStatusResponse {
  const name = /^task\/aws-service-role\/[^/]+\/([^/]+)\/[0-9a-f-]{36}$/.exec(input.DeletionTaskId)?.[1];
  if (name === undefined) throw noSuchEntity(`Deletion Task Id ${input.DeletionTaskId} does not exist.`);
  return { Status: "SUCCEEDED" };
}
