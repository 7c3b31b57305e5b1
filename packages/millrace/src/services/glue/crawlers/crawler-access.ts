import type { OperationEntry } from "../../../gateway/service.ts";
import { crawlerArn } from "../arn.ts";
import type { GlueState } from "../state.ts";
import { crawlerPermissions } from "./crawler-check.ts";

type Access<Input> = Pick<OperationEntry<GlueState, Input>, "resources" | "permissions">;

/** The ARN of a call that names its crawler so. */
export const onName: Readonly<Access<{ readonly Name: string }>> = {
  resources: (_state, { Name }, call) => [crawlerArn(call, Name)],
};

/** The ARN of a call that names its crawler so. */
export const onCrawlerName: Readonly<Access<{ readonly CrawlerName: string }>> = {
  resources: (_state, { CrawlerName }, call) => [crawlerArn(call, CrawlerName)],
};

/** The ARN of a call that gives a crawler its role: the caller must be allowed to pass the role to Glue. */
export const onNewRole: Readonly<Access<{ readonly Name: string; readonly Role?: string | undefined }>> = {
  resources: (_state, { Name }, call) => [crawlerArn(call, Name)],
  permissions: (_state, { Name, Role }, call) => crawlerPermissions(Name, Role, call),
};

/** The ARNs of a call on several crawlers. */
export const onCrawlerNames: Readonly<Access<{ readonly CrawlerNames: readonly string[] }>> = {
  resources: (_state, { CrawlerNames }, call) => CrawlerNames.map((name) => crawlerArn(call, name)),
};
