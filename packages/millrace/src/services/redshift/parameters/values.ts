import type { ClusterParameterGroup, Parameter } from "@aws-sdk/client-redshift";
import type { ClusterDocument, Owner, ParameterGroupDocument } from "../document.ts";
import { tagList } from "../tags.ts";
import {
  defaultOf,
  families,
  type ParameterDefinition,
  parameterDefinitions,
  parameterNamed,
} from "./definitions.ts";

/** `default.redshift-1.0`: there without being made, and not to be changed. */
export function defaultParameterGroups(owner: Owner): readonly ParameterGroupDocument[] {
  return families.map((family) => ({
    account: owner.account,
    region: owner.region,
    name: `default.${family}`,
    family,
    description: `Default parameter group for ${family}`,
    values: {},
    tags: {},
  }));
}

export const isDefaultParameterGroup = ({ name }: { readonly name: string }): boolean =>
  name.startsWith("default.");

const valueIn = (group: ParameterGroupDocument, definition: ParameterDefinition): string =>
  group.values[definition.name] ?? defaultOf(definition, group.family);

/** The static parameters that a cluster takes over when it starts. */
export function staticValues(group: ParameterGroupDocument): Readonly<Record<string, string>> {
  const statics = parameterDefinitions.filter(({ applyType }) => applyType === "static");
  return Object.fromEntries(statics.map((definition) => [definition.name, valueIn(group, definition)]));
}

/** What of the parameters in force the sessions begin with, where it is not what they begin with anyway. */
export function settingsIn(applied: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(applied).filter(([name, value]) => {
      const definition = parameterNamed(name);
      return definition?.isSetting === true && value !== definition.defaultValue;
    }),
  );
}

export interface ParameterStatus {
  readonly ParameterName: string;
  readonly ParameterApplyStatus: "in-sync" | "pending-reboot";
}

/** Whether each parameter of its group is in force in a cluster. */
export function parameterStatuses(
  { applied }: ClusterDocument,
  group: ParameterGroupDocument,
): readonly ParameterStatus[] {
  return parameterDefinitions.map((definition) => {
    const waits =
      definition.applyType === "static" && applied[definition.name] !== valueIn(group, definition);
    return { ParameterName: definition.name, ParameterApplyStatus: waits ? "pending-reboot" : "in-sync" };
  });
}

/** A group's parameters, as the API lists them. */
export function describeParameters(group: ParameterGroupDocument): Parameter[] {
  return parameterDefinitions.map((definition) => ({
    ParameterName: definition.name,
    ParameterValue: valueIn(group, definition),
    Description: definition.description,
    Source: definition.name in group.values ? "user" : "engine-default",
    DataType: definition.dataType,
    ...(definition.allowed === undefined ? {} : { AllowedValues: definition.allowed }),
    ApplyType: definition.applyType,
    IsModifiable: true,
    MinimumEngineVersion: "1.0",
  }));
}

export function describeParameterGroup(group: ParameterGroupDocument): ClusterParameterGroup {
  return {
    ParameterGroupName: group.name,
    ParameterGroupFamily: group.family,
    Description: group.description,
    Tags: tagList(group.tags),
  };
}
