/** ARNs of IAM: they name no region. */
export const rootArn = (account: string): string => `arn:aws:iam::${account}:root`;

type Kind = "user" | "group" | "role" | "policy" | "instance-profile";

/** `arn:aws:iam::123456789012:user/path/name` */
export function iamArn(account: string, kind: Kind, { path, name }: { path: string; name: string }): string {
  return `arn:aws:iam::${account}:${kind}${path}${name}`;
}

export function providerArn(account: string, hostAndPath: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${hostAndPath}`;
}

/** An ARN of IAM taken apart. */
export interface IamArn {
  readonly account: string;
  /** `role`, or `root` */
  readonly kind: string;
  /** `/service-role/` */
  readonly path: string;
  readonly name: string;
}

export function parseIamArn(arn: string): IamArn | undefined {
  const match = /^arn:aws[a-z-]*:iam::(\d{12}|aws):([a-z-]+)(?:(\/(?:.*\/)?)([^/]+))?$/.exec(arn);
  if (match === null) return undefined;
  const [, account = "", kind = "", path = "/", name = ""] = match;
  return { account, kind, path, name };
}
