import type { EvaluationResult, Statement } from "@aws-sdk/client-iam";
import { Badge, Box, Code, Drawer, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAws } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { ErrorAlert, Loaded } from "../../ui/states.tsx";
import { type JudgedStatement, judgeStatements, type SimulationQuestion, simulate } from "./simulation.ts";
import { sourceDocument } from "./source-policy.ts";

interface ResultsProps {
  readonly question: SimulationQuestion;
}

/** A decision for each action and resource; each opens with the statements that matched. */
export function SimulationResults({ question }: ResultsProps): ReactNode {
  const [open, setOpen] = useState<EvaluationResult | undefined>(undefined);
  const results = useAws("iam", ["simulation", question], (iam) => simulate(iam, question));
  return (
    <>
      <Loaded of={results}>
        {(rows) => (
          <DataTable
            label="decisions"
            rows={rows}
            columns={columns}
            rowKey={({ EvalActionName, EvalResourceName }) => `${EvalActionName} ${EvalResourceName}`}
            onOpen={setOpen}
          />
        )}
      </Loaded>
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        position="right"
        size="xl"
        title={open === undefined ? "" : `${open.EvalActionName} on ${open.EvalResourceName}`}
      >
        {open !== undefined && <Reasons question={question} result={open} />}
      </Drawer>
    </>
  );
}

const columns: readonly Column<EvaluationResult>[] = [
  { key: "action", title: "Action", value: ({ EvalActionName }) => EvalActionName, monospace: true },
  {
    key: "resource",
    title: "Resource",
    value: ({ EvalResourceName }) => EvalResourceName,
    monospace: true,
    width: "1.4fr",
  },
  {
    key: "decision",
    title: "Decision",
    value: ({ EvalDecision }) => EvalDecision,
    render: ({ EvalDecision }) => <DecisionBadge decision={EvalDecision} />,
    width: "130px",
  },
  {
    key: "by",
    title: "Decided by",
    value: ({ MatchedStatements }) =>
      MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId).join(", "),
  },
  {
    key: "missing",
    title: "Context not given",
    value: ({ MissingContextValues }) => MissingContextValues?.join(", "),
  },
];

const decisionColors = { allowed: "teal", explicitDeny: "red", implicitDeny: "gray" } as const;

function DecisionBadge({ decision }: { readonly decision: string | undefined }): ReactNode {
  const color = Object.entries(decisionColors).find(([name]) => name === decision)?.[1] ?? "gray";
  return (
    <Badge size="sm" variant="light" color={color} tt="none">
      {decision}
    </Badge>
  );
}

interface ReasonsProps extends ResultsProps {
  readonly result: EvaluationResult;
}

function Reasons({ question, result }: ReasonsProps): ReactNode {
  const { MatchedStatements: matched = [], PermissionsBoundaryDecisionDetail: boundary } = result;
  return (
    <Stack>
      <Group gap="xs">
        <DecisionBadge decision={result.EvalDecision} />
        <Text size="sm">
          {matched.length === 0 ? "No statement says anything about it, so that it is denied." : ""}
        </Text>
      </Group>
      {boundary?.AllowedByPermissionsBoundary === false && (
        <Text size="sm">The permissions boundary does not allow it.</Text>
      )}
      {matched.map((statement) => (
        <Source key={statement.SourcePolicyId} question={question} result={result} source={statement} />
      ))}
    </Stack>
  );
}

interface SourceProps extends ReasonsProps {
  readonly source: Statement;
}

/** The policy that decided, with the statements of it that match. */
function Source({ question, result, source }: SourceProps): ReactNode {
  const judged = useAws("iam", ["matches", question, result, source], async (iam) => {
    const document = await sourceDocument(iam, question.principal, question.document, source);
    return document === undefined ? null : await judgeStatements(iam, document, result, question.context);
  });
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        {source.SourcePolicyId}
      </Title>
      {judged.isPending && <Loader size="xs" />}
      {judged.error !== null && <ErrorAlert error={judged.error} />}
      {judged.data === null && (
        <Text size="sm" c="dimmed">
          Its document cannot be read.
        </Text>
      )}
      {judged.data?.map((one) => (
        <StatementBox key={JSON.stringify(one.statement)} judged={one} />
      ))}
    </Stack>
  );
}

function StatementBox({ judged }: { readonly judged: JudgedStatement }): ReactNode {
  const { statement, decision } = judged;
  const isMatch = decision !== "implicitDeny";
  const color = decisionColors[decision];
  return (
    <Box
      pl="sm"
      style={{ borderLeft: `3px solid var(--mantine-color-${color}-${isMatch ? "6" : "8"})` }}
      opacity={isMatch ? 1 : 0.55}
      data-match={isMatch || undefined}
    >
      {isMatch && (
        <Text size="xs" c={color} fw={600}>
          {decision === "allowed" ? "allows it" : "denies it"}
        </Text>
      )}
      <Code block>{JSON.stringify(statement, undefined, 2)}</Code>
    </Box>
  );
}
