import type { EnvironmentPropertyDescriptions, PropertyGroup } from "@aws-sdk/client-kinesis-analytics-v2";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { limits } from "../limits.ts";

/** An update replaces all groups. @throws ServiceError InvalidArgumentException */
export function newEnvironment(groups: readonly Input<PropertyGroup>[]): EnvironmentPropertyDescriptions {
  if (groups.length > limits.propertyGroups)
    throw invalidArgument(`An application can have at most ${limits.propertyGroups} property groups.`);
  const ids = new Set<string>();
  for (const { PropertyGroupId: id, PropertyMap: map } of groups) {
    if (ids.has(id)) throw invalidArgument(`Property group ${id} is named twice.`);
    ids.add(id);
    let bytes = 0;
    for (const [key, value] of Object.entries(map))
      bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (bytes > limits.propertyBytes)
      throw invalidArgument(`Property group ${id} has ${bytes} bytes; ${limits.propertyBytes} are allowed.`);
  }
  return { PropertyGroupDescriptions: [...groups] };
}
