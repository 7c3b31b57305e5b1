import { Box, Group, SegmentedControl, Select, Switch } from "@mantine/core";
import { type ReactNode, useMemo, useRef } from "react";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState, ErrorAlert } from "../../ui/states.tsx";
import { useSearchValue } from "../../ui/use-search-value.ts";
import { FeedTools } from "./feed-tools.tsx";
import { requestColumns } from "./request-columns.tsx";
import { RequestDetails } from "./request-details.tsx";
import { RequestPace } from "./request-pace.tsx";
import { type Choice, fits, kinds, type RequestRecord } from "./request-record.ts";
import { useFeed } from "./use-feed.ts";

/** Every call of the AWS APIs as it comes. */
export function RequestsTab(): ReactNode {
  const feed = useFeed<RequestRecord>("requests");
  const [search, set] = useSearchValue();
  const choice = choiceOf(search);
  const { kind, service, withConsole } = choice;
  const rows = useMemo(
    () => feed.items.filter((record) => fits(record, { kind, service, withConsole })),
    [feed.items, kind, service, withConsole],
  );
  const services = useMemo(
    () => [...new Set(feed.items.map((record) => record.service))].filter((id) => id !== "-").sort(),
    [feed.items],
  );
  const opened = search.get("n");
  const record = opened === null ? undefined : feed.items.find(({ n }) => `${n}` === opened);
  return (
    <>
      {feed.error !== undefined && <ErrorAlert error={feed.error} />}
      <RequestPace records={rows} />
      <HeldWhileScrolled onScrolled={(isScrolled) => feed.hold(isScrolled)}>
        <DataTable
          label="requests"
          rows={rows}
          columns={requestColumns}
          rowKey={({ n }) => `${n}`}
          rowHeight={30}
          {...(opened !== null && { selected: opened })}
          onOpen={({ n }) => set("n", `${n}`)}
          tools={
            <Group gap="sm" wrap="nowrap">
              <Choices choice={choice} services={services} onChange={set} />
              <FeedTools feed={feed} />
            </Group>
          }
          {...(feed.items.length === 0 && { empty: <NoRequests /> })}
        />
      </HeldWhileScrolled>
      <RequestDetails record={record} onClose={() => set("n", "")} />
    </>
  );
}

function choiceOf(search: URLSearchParams): Choice {
  return {
    kind: kinds.find((kind) => kind === search.get("show")) ?? "all",
    service: search.get("service") ?? "",
    withConsole: search.get("own") === "1",
  };
}

interface ChoicesProps {
  readonly choice: Choice;
  readonly services: readonly string[];
  readonly onChange: (name: string, value: string) => void;
}

function Choices({ choice, services, onChange }: ChoicesProps): ReactNode {
  return (
    <>
      <Select
        size="xs"
        w={140}
        aria-label="Service"
        placeholder="All services"
        clearable
        data={[...services]}
        value={choice.service === "" ? null : choice.service}
        onChange={(value) => onChange("service", value ?? "")}
      />
      <SegmentedControl
        size="xs"
        aria-label="Which requests"
        data={[
          { value: "all", label: "All" },
          { value: "errors", label: "Errors" },
          { value: "denied", label: "Denied" },
        ]}
        value={choice.kind}
        onChange={(value) => onChange("show", value === "all" ? "" : value)}
      />
      <Switch
        size="xs"
        label="Console's own"
        styles={{ label: { whiteSpace: "nowrap" } }}
        checked={choice.withConsole}
        onChange={(event) => onChange("own", event.currentTarget.checked ? "1" : "")}
      />
    </>
  );
}

interface HeldProps {
  readonly onScrolled: (isScrolled: boolean) => void;
  readonly children: ReactNode;
}

/** Rows that somebody reads further down must not move away below the eyes. */
function HeldWhileScrolled({ onScrolled, children }: HeldProps): ReactNode {
  const wasScrolled = useRef(false);
  return (
    <Box
      style={{ display: "flex", flexDirection: "column", flex: 1, minHeight: 0 }}
      onScrollCapture={(event) => {
        const isScrolled = event.target instanceof Element && event.target.scrollTop > 0;
        if (isScrolled !== wasScrolled.current) onScrolled(isScrolled);
        wasScrolled.current = isScrolled;
      }}
    >
      {children}
    </Box>
  );
}

function NoRequests(): ReactNode {
  return (
    <EmptyState
      title="No requests yet"
      command={`AWS_ENDPOINT_URL=${globalThis.location.origin} aws kinesis list-streams`}
    >
      Each call of an AWS API is shown here as it comes: who made it, what was decided, how it ended.
    </EmptyState>
  );
}
