import { Button, Tooltip } from "@mantine/core";
import { IconSitemap } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { EmptyState, ErrorAlert } from "../../ui/states.tsx";
import type { EditorHandle } from "./editor/query-editor.tsx";
import type { Runner } from "./run-state.ts";
import { isExplain, type SqlStatement, statementsOf } from "./sql/statements.ts";
import type { TabProps } from "./tab-props.ts";
import { ConnectionBar } from "./warehouse/connection-bar.tsx";
import { completionNames, quotedName, type SchemaTable } from "./warehouse/schema.ts";
import { SchemaTree } from "./warehouse/schema-tree.tsx";
import { TableDrawer } from "./warehouse/table-drawer.tsx";
import { usePlace } from "./warehouse/use-place.ts";
import { useSchema } from "./warehouse/use-warehouse.ts";
import type { WarehousePlace } from "./warehouse/warehouse-rows.ts";
import { WarehouseRunner } from "./warehouse/warehouse-runner.ts";
import { Workbench } from "./workbench.tsx";

const changesSchema = /\b(create|drop|alter|rename|comment|grant|revoke)\b/i;

/** Statements for a Redshift cluster. */
export function RedshiftTab(props: TabProps & { readonly runner: Runner }): ReactNode {
  const { tab, onChange, runner } = props;
  const handle = useRef<EditorHandle>(undefined);
  const { place, clusters, error, isPending } = usePlace(tab);
  const schema = useSchema(place);
  const names = useMemo(() => completionNames(schema.data ?? []), [schema.data]);
  const queries = useQueryClient();
  useRunnerPlace(runner, place);
  const run = (statements: readonly SqlStatement[]): void => {
    void runner.run(statements).then(async () => {
      if (statements.some(({ text }) => changesSchema.test(text)))
        await queries.invalidateQueries({ queryKey: ["redshift-data", "schema"] });
    });
  };
  const chosen = (): readonly SqlStatement[] => {
    const { text, start } = handle.current?.selection() ?? { text: tab.text, start: 0 };
    return statementsOf(text).map((statement) => ({ ...statement, start: statement.start + start }));
  };
  if (place === undefined && !isPending) return error === null ? <NoCluster /> : <ErrorAlert error={error} />;
  return (
    <>
      <Workbench
        tab={tab}
        runner={runner}
        forgets="settings, temporary tables, and an open transaction"
        strip={props.strip}
        names={names}
        handle={handle}
        canRun={place !== undefined && tab.text.trim() !== ""}
        onText={(text) => onChange({ text })}
        onRun={() => run(chosen())}
        onStop={() => void runner.stop()}
        place={<ConnectionBar choice={tab} onChange={(choice) => onChange(choice as Partial<typeof tab>)} />}
        actions={<ExplainButton onExplain={() => run(chosen().map(explained))} />}
        side={
          props.hasSide ? (
            <Tables
              tables={schema.data ?? []}
              error={schema.error}
              onRefresh={() => void schema.refetch()}
              handle={handle}
            />
          ) : undefined
        }
      />
      <OpenTable place={place} tables={schema.data ?? []} />
      {clusters.length === 0 && error !== null && <ErrorAlert error={error} />}
    </>
  );
}

function useRunnerPlace(runner: Runner, place: WarehousePlace | undefined): void {
  useEffect(() => {
    if (runner instanceof WarehouseRunner && place !== undefined) runner.at(place);
  }, [runner, place]);
}

/** The plan of a statement. Its text stands further right, so that errors have no place in the editor. */
function explained(statement: SqlStatement): SqlStatement {
  return isExplain(statement.text) ? statement : { ...statement, text: `explain ${statement.text}` };
}

function ExplainButton({ onExplain }: { readonly onExplain: () => void }): ReactNode {
  return (
    <Tooltip label="The plan, without running it" position="bottom">
      <Button size="xs" variant="default" leftSection={<IconSitemap size={14} />} onClick={onExplain}>
        Explain
      </Button>
    </Tooltip>
  );
}

interface TablesProps {
  readonly tables: readonly SchemaTable[];
  readonly error: Error | null;
  readonly onRefresh: () => void;
  readonly handle: React.RefObject<EditorHandle | undefined>;
}

function Tables({ tables, error, onRefresh, handle }: TablesProps): ReactNode {
  const [, setParams] = useSearchParams();
  if (error !== null) return <ErrorAlert error={error} />;
  return (
    <SchemaTree
      tables={tables}
      onRefresh={onRefresh}
      onInsert={(table, column) =>
        handle.current?.insert(column === undefined ? fullName(table) : quotedName(column))
      }
      onOpenTable={({ schema, name }) =>
        setParams((before) => {
          const next = new URLSearchParams(before);
          next.set("table", `${schema}.${name}`);
          return next;
        })
      }
    />
  );
}

function fullName({ schema, name }: SchemaTable): string {
  return schema === "public" ? quotedName(name) : `${quotedName(schema)}.${quotedName(name)}`;
}

/** The table that the address names. */
function OpenTable({
  place,
  tables,
}: {
  readonly place: WarehousePlace | undefined;
  readonly tables: readonly SchemaTable[];
}): ReactNode {
  const [params, setParams] = useSearchParams();
  const wanted = params.get("table");
  const table = tables.find(({ schema, name }) => `${schema}.${name}` === wanted);
  return (
    <TableDrawer
      place={place}
      table={table}
      onClose={() =>
        setParams((before) => {
          const next = new URLSearchParams(before);
          next.delete("table");
          return next;
        })
      }
    />
  );
}

function NoCluster(): ReactNode {
  return (
    <EmptyState
      title="There is no cluster in this account and region"
      command={
        "aws redshift create-cluster --cluster-identifier sales --cluster-type single-node --node-type ra3.xlplus \\\n" +
        "  --master-username admin --master-user-password Passw0rd --db-name shop"
      }
    >
      The screen Clusters makes one, or the command below.
    </EmptyState>
  );
}
