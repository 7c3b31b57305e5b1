import { invalidValue, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { type ParameterDefinition, parameterNamed } from "./definitions.ts";

interface GivenParameter {
  readonly ParameterName?: string | undefined;
  readonly ParameterValue?: string | undefined;
}

/** New values by name. @throws ServiceError InvalidParameterValue */
export function checkedValues(given: readonly GivenParameter[]): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { ParameterName: name = "", ParameterValue: value } of given) {
    const definition = definitionOf(name);
    if (value === undefined) throw invalidValue(`The value of the parameter ${name} must be given.`);
    if (name in values) throw invalidValue(`The parameter ${name} was given twice.`);
    values[name] = checkedValue(definition, value);
  }
  return values;
}

/** @throws ServiceError InvalidParameterValue */
export function definitionOf(name: string): ParameterDefinition {
  const definition = parameterNamed(name);
  if (definition === undefined) throw invalidValue(`Could not find parameter with name: ${name}`);
  return definition;
}

function checkedValue(definition: ParameterDefinition, value: string): string {
  const { name, dataType, allowed } = definition;
  const maxChars =
    name === "wlm_json_configuration" ? limits.wlmConfigurationChars : limits.parameterValueChars;
  const fits =
    value.length <= maxChars &&
    (dataType === "boolean"
      ? /^(true|false)$/i.test(value)
      : dataType === "integer"
        ? isAllowedInteger(value, allowed ?? "")
        : isAllowedText(name, value));
  if (!fits)
    throw invalidValue(
      `Invalid value for parameter ${name}.${allowed === undefined ? "" : ` Allowed values are: ${allowed}`}`,
    );
  // There is no such library: the promise would be empty.
  if (name === "use_fips_ssl" && value.toLowerCase() === "true")
    throw notImplemented("The parameter use_fips_ssl");
  return dataType === "boolean" ? value.toLowerCase() : value;
}

/** `0,100-2147483647`, `-15-2`: single values and ranges. */
function isAllowedInteger(value: string, allowed: string): boolean {
  if (!/^-?\d{1,10}$/.test(value)) return false;
  const number = Number(value);
  return allowed.split(",").some((part) => {
    const range = /^(-?\d+)-(-?\d+)$/.exec(part);
    return range === null
      ? number === Number(part)
      : number >= Number(range[1]) && number <= Number(range[2]);
  });
}

function isAllowedText(name: string, value: string): boolean {
  if (name === "wlm_json_configuration") return isListOfObjects(value);
  if (name === "datestyle") return isDateStyle(value);
  // No control characters: the value becomes a setting of sessions.
  return value.trim() !== "" && !/\p{Cc}/u.test(value);
}

function isDateStyle(value: string): boolean {
  const words = value.split(",").map((word) => word.trim().toUpperCase());
  const formats = words.filter((word) => ["ISO", "SQL", "POSTGRES", "GERMAN"].includes(word));
  const orders = words.filter((word) => ["MDY", "DMY", "YMD"].includes(word));
  return formats.length <= 1 && orders.length <= 1 && formats.length + orders.length === words.length;
}

function isListOfObjects(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === "object" && item !== null);
  } catch {
    // Whatever is wrong with it, the caller is told that it is.
    return false;
  }
}
