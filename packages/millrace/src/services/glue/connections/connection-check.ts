import type { ConnectionInput } from "@aws-sdk/client-glue";
import type { Input } from "../../../gateway/service.ts";
import { invalidInput, notImplemented } from "../errors.ts";
import { type Properties, propertiesOf } from "./connection-document.ts";

/** Of each group, one alternative must be there; of an alternative, all properties. */
type Requirement = readonly (readonly string[])[];

const credentials: Requirement = [
  ["USERNAME", "PASSWORD"],
  ["USERNAME", "ENCRYPTED_PASSWORD"],
  ["SECRET_ID"],
];
/** What the types of connections need, as the API's reference says at ConnectionInput. */
const requirements: Readonly<Record<string, readonly Requirement[]>> = {
  JDBC: [[["JDBC_CONNECTION_URL"], ["HOST", "PORT", "JDBC_ENGINE"]], credentials],
  KAFKA: [[["KAFKA_BOOTSTRAP_SERVERS"]]],
  MONGODB: [[["CONNECTION_URL"]], credentials],
  NETWORK: [],
  MARKETPLACE: [[["CONNECTOR_TYPE", "CONNECTOR_URL", "CONNECTOR_CLASS_NAME", "CONNECTION_URL"]]],
  CUSTOM: [],
  VIEW_VALIDATION_REDSHIFT: [],
  VIEW_VALIDATION_ATHENA: [],
};

/** Refuses what AWS refuses, and by name what Millrace does not have. */
export function checkConnection(input: Input<ConnectionInput>): void {
  const { ConnectionType: type } = input;
  const properties = propertiesOf(input);
  if (type === "SFTP") throw invalidInput("Connections of type SFTP are not supported.");
  const required = Object.hasOwn(requirements, type) ? requirements[type] : undefined;
  if (required === undefined) throw notImplemented(`connections of type ${type}`);
  if (input.AuthenticationConfiguration !== undefined)
    throw notImplemented("connections with an AuthenticationConfiguration");
  if ((input.ValidateForComputeEnvironments ?? []).length > 0)
    throw notImplemented("validation of connections for compute environments");
  for (const alternatives of required) checkOneOf(type, alternatives, properties);
  if (type === "NETWORK" && input.PhysicalConnectionRequirements === undefined)
    throw invalidInput("PhysicalConnectionRequirements are required for connections of type NETWORK.");
  checkBoolean(properties, "JDBC_ENFORCE_SSL");
  checkBoolean(properties, "KAFKA_SSL_ENABLED");
}

function checkOneOf(type: string, alternatives: Requirement, properties: Properties): void {
  const met = alternatives.some((names) => names.every((name) => Object.hasOwn(properties, name)));
  if (met) return;
  const wanted = alternatives.map((names) => (names.length === 1 ? names[0] : `(${names.join(", ")})`));
  throw invalidInput(`Connection of type ${type} requires the connection properties ${wanted.join(" or ")}.`);
}

function checkBoolean(properties: Properties, name: string): void {
  const value = properties[name];
  if (value === undefined || /^(true|false)$/i.test(value)) return;
  throw invalidInput(`Connection property ${name} must be true or false.`);
}
