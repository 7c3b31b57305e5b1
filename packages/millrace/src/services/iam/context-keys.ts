import type { PolicyDocument } from "../../core/policy/policy-document.ts";

/** The condition keys that a policy asks for, in conditions and in variables. */
export function conditionKeys(document: PolicyDocument): string[] {
  const keys = document.statements.flatMap((statement) => [
    ...statement.conditions.flatMap(({ key, values }) => [key, ...values.flatMap(variables)]),
    ...(statement.resources ?? []).flatMap(({ text }) => variables(text)),
  ]);
  return [...new Set(keys)];
}

/** The names in `${name}` and `${name, 'default'}`; `${*}`, `${?}` and `${$}` are characters. */
function variables(text: string): string[] {
  return [...text.matchAll(/\$\{([^},]+)[^}]*\}/g)]
    .map(([, name = ""]) => name.trim())
    .filter((name) => !["*", "?", "$"].includes(name));
}
