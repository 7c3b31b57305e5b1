import type { Cluster, Parameter } from "@aws-sdk/client-redshift";
import { Badge, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { allPages } from "../../api/all-pages.ts";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";

interface ListedParameter extends Parameter {
  readonly applied: string;
}

const columns: readonly Column<ListedParameter>[] = [
  {
    key: "name",
    title: "Parameter",
    width: "2fr",
    monospace: true,
    value: ({ ParameterName }) => ParameterName,
  },
  {
    key: "value",
    title: "Value",
    width: "1fr",
    monospace: true,
    value: ({ ParameterValue }) => ParameterValue,
  },
  { key: "source", title: "From", fromWidth: 900, width: "130px", value: ({ Source }) => Source },
  {
    key: "allowed",
    title: "Allowed",
    fromWidth: 900,
    width: "1fr",
    value: ({ AllowedValues }) => AllowedValues,
  },
  {
    key: "applied",
    title: "Applied",
    width: "140px",
    value: ({ applied }) => applied,
    render: ({ applied }) =>
      applied === "in-sync" ? (
        applied
      ) : (
        <Badge size="sm" variant="light" color="yellow">
          {applied}
        </Badge>
      ),
  },
  {
    key: "description",
    title: "Description",
    width: "3fr",
    value: ({ Description }) => Description,
    render: ({ Description }) => <span title={Description}>{Description}</span>,
  },
];

/** The parameters of the cluster's group. */
export function ParametersTab({ cluster }: { readonly cluster: Cluster }): ReactNode {
  const group = cluster.ClusterParameterGroups?.[0];
  const name = group?.ParameterGroupName ?? "";
  const found = useAws("redshift", ["parameters", name], (redshift) =>
    allPages(async (Marker) => {
      const output = await redshift.describeClusterParameters({ ParameterGroupName: name, Marker });
      return { items: output.Parameters, next: output.Marker };
    }),
  );
  const statuses = new Map(
    group?.ClusterParameterStatusList?.map((one) => [one.ParameterName, one.ParameterApplyStatus ?? ""]),
  );
  return (
    <Loaded of={found}>
      {(parameters) => (
        <DataTable
          label="parameters"
          rows={parameters.map((one) => ({ ...one, applied: statuses.get(one.ParameterName) ?? "" }))}
          columns={columns}
          rowKey={({ ParameterName }) => ParameterName ?? ""}
          sort={{ key: "name" }}
          tools={
            <Text size="xs" c="dimmed">
              group {name}, {group?.ParameterApplyStatus}
            </Text>
          }
          empty={<EmptyState title="The group has no parameters" />}
        />
      )}
    </Loaded>
  );
}
