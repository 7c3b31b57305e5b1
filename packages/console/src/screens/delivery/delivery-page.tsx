import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import { Alert, Anchor, Group, Menu, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { MoreMenu } from "../../ui/more-menu.tsx";
import { Page } from "../../ui/page.tsx";
import { knownTab, PathTabs } from "../../ui/page-tabs.tsx";
import { Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { ConfigurationTab } from "./configuration-tab.tsx";
import { destinationFacts, sourceStream, useDelivery } from "./delivery-data.ts";
import { FailedTab } from "./failed-tab.tsx";
import { FlushButton } from "./flush-button.tsx";
import { MetricsTab } from "./metrics-tab.tsx";
import { ObjectsTab } from "./objects-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import { PutTab } from "./put-tab.tsx";

const tabs = Object.freeze({
  overview: "Overview",
  objects: "Last objects",
  failed: "Failed records",
  put: "Put",
  metrics: "Metrics",
  configuration: "Configuration",
});
type TabName = keyof typeof tabs;

export function DeliveryPage(): ReactNode {
  const { name = "", tab } = useParams();
  const delivery = useDelivery(name);
  const current = knownTab(tabs, tab);
  return (
    <Page
      title={name}
      crumbs={[{ label: "Delivery streams", to: "/delivery" }]}
      badge={<Facts delivery={delivery.data} />}
      fills
      actions={
        <>
          <FlushButton name={name} />
          <More name={name} />
        </>
      }
    >
      <PathTabs path={`/delivery/${encodeURIComponent(name)}`} tabs={tabs} current={current}>
        <Loaded of={delivery}>
          {(data) => (
            <>
              {data?.FailureDescription !== undefined && (
                <Alert color="red" mb="sm" title={data.FailureDescription.Type}>
                  {data.FailureDescription.Details}
                </Alert>
              )}
              <TabContent key={name} tab={current} name={name} delivery={data} />
            </>
          )}
        </Loaded>
      </PathTabs>
    </Page>
  );
}

interface TabContentProps {
  readonly tab: TabName;
  readonly name: string;
  readonly delivery: DeliveryStreamDescription | undefined;
}

function TabContent({ tab, name, delivery }: TabContentProps): ReactNode {
  const destination = delivery?.Destinations?.[0];
  switch (tab) {
    case "overview":
      return <OverviewTab name={name} />;
    case "objects":
      return <ObjectsTab name={name} destination={destination} />;
    case "failed":
      return <FailedTab name={name} destination={destination} />;
    case "put":
      return <PutTab name={name} source={sourceStream(delivery)} />;
    case "metrics":
      return <MetricsTab name={name} source={sourceStream(delivery)} destination={destination} />;
    case "configuration":
      return <ConfigurationTab delivery={delivery} />;
  }
}

function Facts({ delivery }: { readonly delivery: DeliveryStreamDescription | undefined }): ReactNode {
  if (delivery === undefined) return undefined;
  const source = sourceStream(delivery);
  const { kind, target, to } = destinationFacts(delivery.Destinations?.[0]);
  return (
    <Group gap="xs" wrap="nowrap" style={{ overflow: "hidden" }}>
      <StatusBadge status={delivery.DeliveryStreamStatus} />
      <Text size="sm" c="dimmed" visibleFrom="md" truncate>
        {source === undefined ? (
          "direct put"
        ) : (
          <Anchor component={Link} to={`/streams/${encodeURIComponent(source)}`} inherit underline="always">
            {source}
          </Anchor>
        )}
        {" → "}
        {to === undefined ? (
          `${kind} ${target}`
        ) : (
          <Anchor component={Link} to={to} inherit underline="always">
            {target}
          </Anchor>
        )}
      </Text>
    </Group>
  );
}

function More({ name }: { readonly name: string }): ReactNode {
  const navigate = useNavigate();
  const remove = useAwsAction(
    "firehose",
    (firehose, delivery: string) => firehose.deleteDeliveryStream({ DeliveryStreamName: delivery }),
    { done: (_, delivery) => `${delivery} is being deleted.` },
  );
  const ask = (): void =>
    confirm({
      title: `Delete ${name}`,
      message: "What it has not delivered yet is lost.",
      action: "Delete",
      word: name,
      onConfirm: () => remove.mutate(name, { onSuccess: () => void navigate("/delivery") }),
    });
  return (
    <MoreMenu>
      <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={ask}>
        Delete delivery stream
      </Menu.Item>
    </MoreMenu>
  );
}
