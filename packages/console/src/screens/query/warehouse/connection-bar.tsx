import { Autocomplete, Group, Select } from "@mantine/core";
import type { ReactNode } from "react";
import type { PlaceChoice } from "./use-place.ts";
import { usePlace } from "./use-place.ts";
import { useDatabases, useWarehouse } from "./use-warehouse.ts";

const ownIdentity = "my IAM identity";

export interface ConnectionBarProps {
  readonly choice: PlaceChoice;
  readonly onChange: (choice: PlaceChoice) => void;
}

/** Cluster, database and user of statements. */
export function ConnectionBar({ choice, onChange }: ConnectionBarProps): ReactNode {
  const { place, clusters } = usePlace(choice);
  const databases = useDatabases(place).data ?? [];
  const users =
    useWarehouse(place, "select usename from pg_user where usename <> 'rdsdb' order by 1").data ?? [];
  const names = users.map((row) => `${row["usename"]}`).filter((name) => !/^IAMR?:/.test(name));
  const shownUser = place?.user ?? ownIdentity;
  return (
    <Group gap={6} wrap="nowrap">
      <Select
        size="xs"
        w={130}
        aria-label="Cluster"
        title="Cluster"
        allowDeselect={false}
        placeholder="no cluster"
        data={clusters.map(({ ClusterIdentifier }) => ClusterIdentifier ?? "")}
        value={place?.cluster ?? null}
        onChange={(cluster) => cluster !== null && onChange({ cluster })}
      />
      <Select
        size="xs"
        w={110}
        aria-label="Database"
        title="Database"
        allowDeselect={false}
        data={[...new Set([...databases, ...(place === undefined ? [] : [place.database])])]}
        value={place?.database ?? null}
        onChange={(database) => database !== null && onChange({ ...choice, database })}
      />
      <Autocomplete
        key={shownUser}
        size="xs"
        w={130}
        aria-label="User"
        title="User of the database"
        data={[...new Set([...names, ownIdentity])]}
        defaultValue={shownUser}
        selectFirstOptionOnChange={false}
        onOptionSubmit={(user) => onChange({ ...choice, user: user === ownIdentity ? "" : user })}
        onKeyDown={(event) => {
          const text = event.currentTarget.value.trim();
          if (event.key === "Enter" && text !== "")
            onChange({ ...choice, user: text === ownIdentity ? "" : text });
        }}
      />
    </Group>
  );
}
