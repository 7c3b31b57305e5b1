import type { Call } from "../../../gateway/call.ts";
import { noSuchEntity } from "../errors.ts";
import type { IamState } from "../state.ts";

export function getAccountPasswordPolicy(_state: IamState, _input: unknown, call: Call): never {
  throw noSuchEntity(`The Password Policy with domain name ${call.account} cannot be found.`);
}
