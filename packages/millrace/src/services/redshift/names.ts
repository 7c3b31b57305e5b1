import { invalidValue } from "./errors.ts";
import { limits } from "./limits.ts";
import { isReservedWord } from "./reserved-words.ts";

/** Letters, digits and single hyphens, a letter first: clusters, parameter groups. */
const hyphenated = /^[a-z](-?[a-z0-9])*$/;

/** A cluster's identifier in lower case, as AWS keeps it. @throws ServiceError InvalidParameterValue */
export function clusterIdentifier(text: string, parameter: string = "ClusterIdentifier"): string {
  const name = text.toLowerCase();
  if (name.length > limits.identifierChars || !hyphenated.test(name))
    throw invalidValue(
      `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
    );
  return name;
}

/** @throws ServiceError InvalidParameterValue */
export function parameterGroupName(text: string): string {
  const name = text.toLowerCase();
  if (name.length > limits.groupNameChars || !hyphenated.test(name))
    throw invalidValue(
      "The parameter ParameterGroupName is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.",
    );
  return name;
}

/** A security or subnet group's: alphanumeric characters or hyphens, and not `Default`. */
export function groupName(text: string, parameter: string): string {
  const name = text.toLowerCase();
  const allowed = parameter === "ClusterSubnetGroupName" ? /^[a-z0-9_. -]+$/ : /^[a-z0-9-]+$/;
  if (name.length > limits.groupNameChars || !allowed.test(name))
    throw invalidValue(
      `The parameter ${parameter} must contain no more than ${limits.groupNameChars} alphanumeric characters or hyphens.`,
    );
  if (name === "default") throw invalidValue(`The parameter ${parameter} must not be "Default".`);
  return name;
}

/** @throws ServiceError InvalidParameterValue */
export function checkDescription(text: string): void {
  if (text === "") throw invalidValue("The parameter Description must be provided and must not be blank.");
  if (text.length > limits.descriptionChars)
    throw invalidValue(`The parameter Description must not exceed ${limits.descriptionChars} characters.`);
}

/** @throws ServiceError InvalidParameterValue */
export function checkDatabaseName(name: string): void {
  if (/[A-Z]/.test(name)) throw invalidValue("Only lowercase Database names are supported.");
  if (name.length > limits.databaseNameChars || !/^[a-z_][a-z0-9_$]*$/.test(name))
    throw invalidValue(
      `The parameter DBName must begin with a letter and contain from 1 to ${limits.databaseNameChars} alphanumeric characters.`,
    );
  if (isReservedWord(name)) throw invalidValue(`DBName ${name} cannot be used as it is a reserved word`);
}

/** The admin user's, and those of temporary credentials. @throws ServiceError InvalidParameterValue */
export function checkUserName(name: string, parameter: string, maxChars: number): void {
  if (name.length > maxChars || !/^[a-z][a-z0-9_+.@-]*$/.test(name) || name === "public")
    throw invalidValue(
      `The parameter ${parameter} must begin with a letter, must not be PUBLIC, and must contain from 1 to ${maxChars} lowercase letters, numbers, underscores, plus signs, periods, at symbols or hyphens.`,
    );
  if (isReservedWord(name))
    throw invalidValue(`${parameter} ${name} cannot be used as it is a reserved word used by the engine`);
}

/** Says nothing of the password. @throws ServiceError InvalidParameterValue */
export function checkPassword(password: string): void {
  const parameter = "The parameter MasterUserPassword";
  if (password.length < limits.passwordMinChars)
    throw invalidValue(
      `${parameter} is not a valid password because it is shorter than ${limits.passwordMinChars} characters.`,
    );
  if (password.length > limits.passwordMaxChars)
    throw invalidValue(
      `${parameter} is not a valid password because it is longer than ${limits.passwordMaxChars} characters.`,
    );
  if (!/^[!-~]+$/.test(password) || /[/@"'\\]/.test(password))
    throw invalidValue(
      `${parameter} is not a valid password. Only printable ASCII characters except for '/', '@', '"', ' ', '\\', ''' may be used.`,
    );
  if (!/[A-Z]/.test(password)) throw invalidValue(`${parameter} must contain at least one uppercase letter.`);
  if (!/[a-z]/.test(password)) throw invalidValue(`${parameter} must contain at least one lowercase letter.`);
  if (!/[0-9]/.test(password)) throw invalidValue(`${parameter} must contain at least one digit.`);
}
