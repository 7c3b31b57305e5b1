import type { ApplicationDetail } from "@aws-sdk/client-kinesis-analytics-v2";
import { Box, Button, Checkbox, Code, Group, Text } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useAwsAction } from "../../../api/queries.ts";
import { EmptyState, ErrorAlert } from "../../../ui/states.tsx";
import { ProgramEditor } from "../program-editor.tsx";
import { isChanging, isRunning, isSqlRuntime, isStudio, programOf } from "../use-application.ts";

/** The program, which can be changed here when it is a text. */
export function CodeTab({ detail }: { readonly detail: ApplicationDetail }): ReactNode {
  const program = programOf(detail);
  if (program === undefined) return <NoText detail={detail} />;
  return <Program key={`${detail.ApplicationVersionId}`} detail={detail} program={program} />;
}

function Program({
  detail,
  program,
}: {
  readonly detail: ApplicationDetail;
  readonly program: string;
}): ReactNode {
  const [text, setText] = useState(program);
  // The editor is made anew when changes are discarded: it takes up a text from outside only after typing has ended.
  const [turn, setTurn] = useState(0);
  const [mayDrop, setMayDrop] = useState(false);
  const { ApplicationStatus: status } = detail;
  const isSql = isSqlRuntime(detail.RuntimeEnvironment);
  const update = useUpdate(detail, text, mayDrop);
  const isChanged = text !== program;
  const discard = (): void => {
    setText(program);
    setTurn((before) => before + 1);
    update.reset();
  };
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Text size="sm" c="dimmed">
          {isRunning(status)
            ? "An update stops the job with a snapshot and starts the new program from it."
            : "The new program is used from the next start on."}
        </Text>
        <Group gap="sm">
          {!isSql && isRunning(status) && (
            <Checkbox
              size="xs"
              label="State without a place in the new program may be dropped"
              checked={mayDrop}
              onChange={(event) => setMayDrop(event.currentTarget.checked)}
            />
          )}
          <Button size="xs" variant="default" disabled={!isChanged} onClick={discard}>
            Discard
          </Button>
          <Button
            size="xs"
            disabled={!isChanged || isChanging(status)}
            loading={update.isPending}
            onClick={() => update.mutate(undefined)}
          >
            Update
          </Button>
        </Group>
      </Group>
      {update.error !== null && (
        <Box mb="xs">
          <ErrorAlert error={update.error} />
        </Box>
      )}
      <ProgramEditor key={turn} text={text} onChange={setText} />
    </>
  );
}

/** Writes the text as the program, from which a running job goes on. */
function useUpdate(
  { ApplicationName, ApplicationStatus: status, ConditionalToken }: ApplicationDetail,
  text: string,
  mayDrop: boolean,
): UseMutationResult<unknown, Error, unknown> {
  return useAwsAction(
    "kinesis-analytics-v2",
    (client) =>
      client.updateApplication({
        ApplicationName,
        // Somebody else's change meanwhile is not written over.
        ConditionalToken,
        ApplicationConfigurationUpdate: {
          ApplicationCodeConfigurationUpdate: { CodeContentUpdate: { TextContentUpdate: text } },
        },
        ...(mayDrop && {
          RunConfigurationUpdate: { FlinkRunConfiguration: { AllowNonRestoredState: true } },
        }),
      }),
    {
      done: () =>
        isRunning(status) ? "The job is restarted with the new program." : "The program is saved.",
    },
  );
}

function NoText({ detail }: { readonly detail: ApplicationDetail }): ReactNode {
  if (isStudio(detail.RuntimeEnvironment))
    return (
      <EmptyState title="The code is in notes">A Studio application has no program of its own.</EmptyState>
    );
  const code = detail.ApplicationConfigurationDescription?.ApplicationCodeConfigurationDescription;
  const location = code?.CodeContentDescription?.S3ApplicationCodeLocationDescription;
  return (
    <EmptyState title="The code is not a text of this application">
      {location === undefined ? (
        "It was given as an archive."
      ) : (
        <>
          It was read from{" "}
          <Code>
            {location.BucketARN?.replace("arn:aws:s3:::", "s3://")}/{location.FileKey}
          </Code>{" "}
          when this version was made. UpdateApplication reads it again.
        </>
      )}
    </EmptyState>
  );
}
