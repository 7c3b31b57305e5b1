import type { NotificationConfiguration, NotificationConfigurationFilter } from "@aws-sdk/client-s3";

/** One destination of a bucket's events, and which of them it gets. */
export interface NotificationRule {
  readonly id: string;
  readonly target: "queue" | "topic" | "cloud function";
  readonly arn: string;
  readonly events: readonly string[];
  /** "" fits each key. */
  readonly prefix: string;
  readonly suffix: string;
  readonly filter: NotificationConfigurationFilter | undefined;
}

/** The rules of a configuration, whatever they lead to. */
export function notificationRules(configuration: NotificationConfiguration): readonly NotificationRule[] {
  const rule = (
    target: NotificationRule["target"],
    arn: string | undefined,
    about: Pick<
      NonNullable<NotificationConfiguration["QueueConfigurations"]>[number],
      "Id" | "Events" | "Filter"
    >,
  ): NotificationRule => ({
    id: about.Id ?? "",
    target,
    arn: arn ?? "",
    events: about.Events ?? [],
    prefix: filterValue(about.Filter, "prefix"),
    suffix: filterValue(about.Filter, "suffix"),
    filter: about.Filter,
  });
  return [
    ...(configuration.QueueConfigurations ?? []).map((queue) => rule("queue", queue.QueueArn, queue)),
    ...(configuration.TopicConfigurations ?? []).map((topic) => rule("topic", topic.TopicArn, topic)),
    ...(configuration.LambdaFunctionConfigurations ?? []).map((lambda) =>
      rule("cloud function", lambda.LambdaFunctionArn, lambda),
    ),
  ];
}

function filterValue(filter: NotificationConfigurationFilter | undefined, name: "prefix" | "suffix"): string {
  const found = filter?.Key?.FilterRules?.find((rule) => rule.Name?.toLowerCase() === name);
  return found?.Value ?? "";
}

/** The rules that an event of an object fits. @param name `ObjectCreated:Put`, without `s3:`. */
export function rulesFor(
  configuration: NotificationConfiguration,
  { name, key }: { readonly name: string; readonly key: string },
): readonly NotificationRule[] {
  return notificationRules(configuration).filter(
    ({ events, prefix, suffix }) =>
      events.some((event) => covers(event, `s3:${name}`)) && key.startsWith(prefix) && key.endsWith(suffix),
  );
}

function covers(event: string, name: string): boolean {
  return event.endsWith(":*") ? name.startsWith(event.slice(0, -1)) : name === event;
}
