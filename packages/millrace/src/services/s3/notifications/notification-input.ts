import { randomUUID } from "node:crypto";
import type {
  FilterRule,
  NotificationConfiguration,
  NotificationConfigurationFilter,
} from "@aws-sdk/client-s3";
import { parseArn } from "../../../core/arn.ts";
import { invalidArgument, malformedXml } from "../errors.ts";
import { limits } from "../limits.ts";
import { eventTypes } from "./event-types.ts";
import { type NotificationRule, notificationRules } from "./notification-rule.ts";

type Target = "queue" | "topic" | "cloud function";

/** The service that the ARN of a destination names. */
const services: Readonly<Record<Target, string>> = { queue: "sqs", topic: "sns", "cloud function": "lambda" };

/** A notification configuration as it is kept. @throws ServiceError when AWS would not take it. */
export function keptNotifications(
  input: NotificationConfiguration,
  options: { readonly skipValidation: boolean },
): NotificationConfiguration | undefined {
  const kept: NotificationConfiguration = {
    ...some("QueueConfigurations", input.QueueConfigurations?.map(named)),
    ...some("TopicConfigurations", input.TopicConfigurations?.map(named)),
    ...some("LambdaFunctionConfigurations", input.LambdaFunctionConfigurations?.map(named)),
    ...(input.EventBridgeConfiguration === undefined ? {} : { EventBridgeConfiguration: {} }),
  };
  const rules = notificationRules(kept);
  if (rules.length > limits.notificationRules) throw malformedXml();
  for (const rule of rules) checkRule(rule);
  checkIds(rules);
  checkOverlaps(rules);
  if (!options.skipValidation) refuseTargets(rules, kept.EventBridgeConfiguration !== undefined);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

function some<Name extends string, Item>(name: Name, items: Item[] | undefined): { [N in Name]?: Item[] } {
  return (items === undefined || items.length === 0 ? {} : { [name]: items }) as { [N in Name]?: Item[] };
}

function named<Configuration extends { readonly Id?: string | undefined }>(
  configuration: Configuration,
): Configuration & { readonly Id: string } {
  return { ...configuration, Id: configuration.Id || randomUUID() };
}

function checkRule({ arn, target, events, filter }: NotificationRule): void {
  if (events.length === 0) throw malformedXml();
  const parsed = parseArn(arn);
  if (parsed === undefined) throw invalidArgument("The ARN could not be parsed", arn, "null");
  if (parsed.service !== services[target])
    throw invalidArgument("The ARN is not valid for this destination", arn, `It is not a ${target}`);
  for (const event of events) {
    if (!eventTypes.has(event))
      throw invalidArgument(`The event '${event}' is not supported for notifications`, "Event", event);
  }
  checkFilter(filter);
}

function checkFilter(filter: NotificationConfigurationFilter | undefined): void {
  const rules = filter?.Key?.FilterRules ?? [];
  const names = rules.map((rule) => filterName(rule));
  for (const name of ["prefix", "suffix"]) {
    if (names.filter((other) => other === name).length > 1)
      throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`, "FilterRule", name);
  }
}

function filterName({ Name, Value }: FilterRule): string {
  const name = Name?.toLowerCase();
  if (name !== "prefix" && name !== "suffix")
    throw invalidArgument("filter rule name must be either prefix or suffix", "FilterRule", Name ?? "");
  if (Buffer.byteLength(Value ?? "") > limits.keyBytes)
    throw invalidArgument("filter value cannot be larger than 1024 bytes", "FilterRule", name);
  return name;
}

function checkIds(rules: readonly NotificationRule[]): void {
  const ids = new Set<string>();
  for (const { id } of rules) {
    if (ids.has(id))
      throw invalidArgument("Same ID used for multiple configurations. IDs must be unique", "Id", id);
    ids.add(id);
  }
}

/** No event goes to two places: of each pair of rules for it, prefixes or suffixes must tell keys apart. */
function checkOverlaps(rules: readonly NotificationRule[]): void {
  for (const [index, rule] of rules.entries()) {
    for (const other of rules.slice(index + 1)) {
      if (!rule.events.some((event) => other.events.some((second) => isCommon(event, second)))) continue;
      if (!isOverlap(rule.prefix, other.prefix, "start") || !isOverlap(rule.suffix, other.suffix, "end"))
        continue;
      throw invalidArgument(
        "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes " +
          "are overlapping for the same event type.",
      );
    }
  }
}

function isCommon(event: string, other: string): boolean {
  const covers = (wide: string, narrow: string): boolean =>
    wide === narrow || (wide.endsWith("*") && narrow.startsWith(wide.slice(0, -1)));
  return covers(event, other) || covers(other, event);
}

function isOverlap(text: string, other: string, at: "start" | "end"): boolean {
  return at === "start"
    ? text.startsWith(other) || other.startsWith(text)
    : text.endsWith(other) || other.endsWith(text);
}

/** Destinations are services of their own, and none of them is here. */
function refuseTargets(rules: readonly NotificationRule[], eventBridge: boolean): void {
  const message = "Unable to validate the following destination configurations";
  const [first] = rules;
  if (first !== undefined)
    throw invalidArgument(
      message,
      first.arn,
      `Millrace has no ${services[first.target]}: there is no such ${first.target}`,
    );
  if (eventBridge) throw invalidArgument(message, "EventBridgeConfiguration", "Millrace has no EventBridge");
}
