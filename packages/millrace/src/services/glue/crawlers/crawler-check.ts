import type { Call } from "../../../gateway/call.ts";
import type { Permission } from "../../../gateway/service.ts";
import { crawlerArn } from "../arn.ts";
import { invalidInput } from "../errors.ts";
import type { GlueState } from "../state.ts";
import { glueService } from "./crawl-context.ts";
import { roleArn } from "./crawler-document.ts";
import type { CrawlerSettings } from "./crawler-request.ts";

/** Checks what a crawler names: its role must trust Glue, classifiers and connections must be there. */
export function checkCrawler(state: GlueState, settings: CrawlerSettings, name: string, call: Call): void {
  const refusal = state.roles.assuming({
    roleArn: settings.role,
    service: glueService,
    sourceArn: crawlerArn(call, name),
  });
  if (refusal !== undefined)
    throw invalidInput(
      `Service is unable to assume provided role. Please verify role's TrustPolicy. ${refusal.message}`,
    );
  for (const classifier of settings.classifiers) state.classifiers.get(call, classifier);
  for (const { ConnectionName: connection = "" } of settings.targets.JdbcTargets ?? [])
    state.connections.get(call, connection);
}

/** What a call that gives a crawler a role must be allowed to do. */
export function crawlerPermissions(
  name: string,
  role: string | undefined,
  call: Call,
): readonly Permission[] {
  const own = { action: `glue:${call.operation}`, resources: [crawlerArn(call, name)] };
  if (role === undefined) return [own];
  const context = { "iam:PassedToService": glueService };
  return [own, { action: "iam:PassRole", resources: [roleArn(role, call)], context }];
}
