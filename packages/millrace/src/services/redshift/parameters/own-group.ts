import { ServiceError } from "../../../core/errors.ts";
import type { Owner, ParameterGroupDocument } from "../document.ts";
import { findParameterGroup } from "../lookup.ts";
import type { Resources } from "../resources.ts";
import { isDefaultParameterGroup } from "./values.ts";

export const parameterGroupUpdated =
  "Your parameter group has been updated. If you changed only dynamic parameters, associated clusters are being modified now. If you changed static parameters, all updates, including dynamic parameters, will be applied when you reboot the associated clusters.";

/** A group that somebody made: the default ones stay as they are. @throws ServiceError */
export function findOwnParameterGroup(
  state: Resources,
  owner: Owner,
  name: string,
  verb: string,
): ParameterGroupDocument {
  const group = findParameterGroup(state, owner, name);
  if (isDefaultParameterGroup(group))
    throw invalidParameterGroupState(`You can't ${verb} the default parameter group ${group.name}.`);
  return group;
}

export const invalidParameterGroupState = (message: string): ServiceError =>
  new ServiceError("InvalidClusterParameterGroupStateFault", message);
