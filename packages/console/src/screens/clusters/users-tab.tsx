import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { useWarehouse } from "../query/warehouse/use-warehouse.ts";
import type { WarehousePlace, WarehouseRow } from "../query/warehouse/warehouse-rows.ts";

interface Listing {
  readonly sql: string;
  readonly columns: readonly (readonly [string, string])[];
}

const listings: Readonly<Record<string, Listing>> = {
  users: {
    sql: "select usesysid, usename, usesuper, usecreatedb, valuntil from pg_user order by 1",
    columns: [
      ["usename", "User"],
      ["usesysid", "Number"],
      ["usesuper", "Superuser"],
      ["usecreatedb", "May create databases"],
      ["valuntil", "Password valid until"],
    ],
  },
  groups: {
    sql: "select groname, grosysid from pg_group order by 1",
    columns: [
      ["groname", "Group"],
      ["grosysid", "Number"],
    ],
  },
  roles: {
    sql: "select role_name, role_owner from svv_roles order by 1",
    columns: [
      ["role_name", "Role"],
      ["role_owner", "Owner"],
    ],
  },
  grants: {
    sql: `select identity_name, identity_type, namespace_name || '.' || relation_name as relation, privilege_type
from svv_relation_privileges order by 1, 3`,
    columns: [
      ["identity_name", "Who"],
      ["identity_type", "Kind"],
      ["relation", "Table or view"],
      ["privilege_type", "May"],
    ],
  },
};

/** Users, groups, roles, and what they may do, in the cluster's first database. */
export function UsersTab({ place }: { readonly place: WarehousePlace }): ReactNode {
  const [params, setParams] = useSearchParams();
  const wanted = params.get("list") ?? "users";
  const shown = wanted in listings ? wanted : "users";
  const listing = listings[shown];
  const found = useWarehouse(place, listing?.sql ?? "");
  const columns = (listing?.columns ?? []).map(
    ([key, title]): Column<WarehouseRow> => ({ key, title, value: (row) => wordOf(row[key]) }),
  );
  const choose = (
    <SegmentedControl
      size="xs"
      aria-label="What is listed"
      data={Object.keys(listings)}
      value={shown}
      onChange={(list) => setParams({ list }, { replace: true })}
    />
  );
  return (
    <Loaded of={found}>
      {(rows) => (
        <DataTable
          key={shown}
          label={shown}
          rows={rows}
          columns={columns}
          rowKey={(row) => JSON.stringify(row)}
          tools={choose}
          empty={<EmptyState title={`There are no ${shown}`} action={choose} />}
        />
      )}
    </Loaded>
  );
}

function wordOf(value: WarehouseRow[string] | undefined): string | number | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value;
}
