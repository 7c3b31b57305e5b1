import type { S3 } from "@aws-sdk/client-s3";
import type { ReactNode } from "react";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { Loaded } from "../../ui/states.tsx";
import { type Tag, TagEditor } from "../../ui/tag-editor.tsx";

interface S3Tag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

export interface S3TagsProps {
  /** Of the query that reads them. */
  readonly queryKey: readonly unknown[];
  readonly read: (s3: S3) => Promise<readonly S3Tag[] | undefined>;
  readonly save: (s3: S3, tags: S3Tag[]) => Promise<unknown>;
}

/** Tags of a bucket or of an object. */
export function S3Tags({ queryKey, read, save }: S3TagsProps): ReactNode {
  const tags = useAws("s3", queryKey, async (s3) =>
    ((await read(s3)) ?? []).map(({ Key = "", Value = "" }): Tag => ({ key: Key, value: Value })),
  );
  const change = useAwsAction(
    "s3",
    (s3, edited: readonly Tag[]) =>
      save(
        s3,
        edited.map(({ key, value }) => ({ Key: key, Value: value })),
      ),
    { done: () => "Tags: saved." },
  );
  return (
    <Loaded of={tags}>
      {(kept) => <TagEditor label="Tags" tags={kept} isBusy={change.isPending} onSave={change.mutate} />}
    </Loaded>
  );
}
