import { notAuthorized, validation } from "./errors.ts";

/** What clients may call an alias; the model has checked its characters. */
export function checkAliasName(name: string): void {
  if (!name.startsWith("alias/"))
    throw validation(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  if (name === "alias/") throw validation("Alias must have a name after its prefix.");
  // AWS makes these for its own keys, and says no more than that to anyone else.
  if (name.startsWith("alias/aws/")) throw notAuthorized("");
}
