import type { PasswordPolicy } from "@aws-sdk/client-iam";
import type { PasswordPolicyDocument } from "./document.ts";
import { passwordPolicyViolation } from "./errors.ts";
import { limits } from "./limits.ts";

const symbols = "!@#$%^&*()_+-=[]{}|'";

/** @throws PasswordPolicyViolationException */
export function checkPassword(password: string, policy: PasswordPolicyDocument | undefined): void {
  if (policy === undefined) {
    checkByDefault(password);
    return;
  }
  checkLength(password, policy.minLength);
  const rules: readonly (readonly [boolean, boolean, string])[] = [
    [policy.requireUppercase, /[A-Z]/.test(password), "uppercase letter"],
    [policy.requireLowercase, /[a-z]/.test(password), "lowercase letter"],
    [policy.requireNumbers, /[0-9]/.test(password), "number"],
    [policy.requireSymbols, [...password].some((char) => symbols.includes(char)), "symbol"],
  ];
  for (const [isRequired, isThere, what] of rules)
    if (isRequired && !isThere) throw passwordPolicyViolation(`Password should have at least one ${what}`);
}

/** AWS's policy for accounts that have none of their own. */
function checkByDefault(password: string): void {
  checkLength(password, limits.defaultPasswordCharacters);
  const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password));
  if (kinds.length < limits.defaultPasswordKinds)
    throw passwordPolicyViolation(
      "Password should have at least three of these: uppercase letters, lowercase letters, numbers, symbols",
    );
}

function checkLength(password: string, minLength: number): void {
  if (password.length < minLength)
    throw passwordPolicyViolation(`Password should have a minimum length of ${minLength}`);
}

export function describePasswordPolicy(policy: PasswordPolicyDocument): PasswordPolicy {
  const { maxAgeDays, reusePrevention, hardExpiry } = policy;
  return {
    MinimumPasswordLength: policy.minLength,
    RequireSymbols: policy.requireSymbols,
    RequireNumbers: policy.requireNumbers,
    RequireUppercaseCharacters: policy.requireUppercase,
    RequireLowercaseCharacters: policy.requireLowercase,
    AllowUsersToChangePassword: policy.allowUsersToChange,
    ExpirePasswords: maxAgeDays !== undefined,
    ...(maxAgeDays !== undefined && { MaxPasswordAge: maxAgeDays }),
    ...(reusePrevention !== undefined && { PasswordReusePrevention: reusePrevention }),
    ...(hardExpiry !== undefined && { HardExpiry: hardExpiry }),
  };
}
