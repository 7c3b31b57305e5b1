/** IAM answers documents percent-encoded. */
export function decodedDocument(text: string | undefined): string {
  if (text === undefined) return "";
  try {
    return text.trimStart().startsWith("{") ? text : decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const examplePolicy: string = JSON.stringify(
  {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadTheLake",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:ListBucket"],
        Resource: ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"],
      },
    ],
  },
  undefined,
  2,
);

/** Who may take a role: a service of AWS, or an account's principals. */
export function trustPolicyOf(principal: string): string {
  const isService = principal.includes(".amazonaws.com");
  const Principal = isService
    ? { Service: principal }
    : { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
  const Statement = [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }];
  return JSON.stringify({ Version: "2012-10-17", Statement }, undefined, 2);
}

/** The statements of a policy, of which there may be one without a list. @throws SyntaxError */
export function statementsOf(document: string): readonly object[] {
  const { Statement } = JSON.parse(document) as { readonly Statement?: unknown };
  const list: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return list.filter((one): one is object => typeof one === "object" && one !== null);
}

/** A policy of one of the statements of another one. */
export function policyOfStatement(document: string, statement: object): string {
  const { Version } = JSON.parse(document) as { readonly Version?: string };
  return JSON.stringify({ ...(Version !== undefined && { Version }), Statement: [statement] });
}
