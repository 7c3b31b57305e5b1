import type { DescribeEventCategoriesMessage, EventCategoriesMessage } from "@aws-sdk/client-redshift";
import type { Input } from "../../../gateway/service.ts";
import { describeKind, eventKinds } from "../events.ts";
import type { RedshiftState } from "../state.ts";

/** The events that Millrace has. */
export function describeEventCategories(
  _state: RedshiftState,
  { SourceType }: Input<DescribeEventCategoriesMessage>,
): EventCategoriesMessage {
  const wanted = Object.entries(eventKinds).filter(([type]) => !SourceType || type === SourceType);
  return {
    EventCategoriesMapList: wanted.map(([type, kinds]) => ({
      SourceType: type,
      Events: kinds.map((kind) => ({
        EventId: kind[0],
        EventCategories: [kind[1]],
        EventDescription: describeKind(type, kind),
        Severity: kind[3] ?? "INFO",
      })),
    })),
  };
}
