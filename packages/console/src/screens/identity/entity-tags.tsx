import type { IAM, Tag as IamTag } from "@aws-sdk/client-iam";
import type { ReactNode } from "react";
import { useAwsAction } from "../../api/queries.ts";
import { type Tag, TagEditor } from "../../ui/tag-editor.tsx";

interface EntityTagsProps {
  readonly tags: readonly IamTag[] | undefined;
  readonly tag: (iam: IAM, tags: IamTag[]) => Promise<unknown>;
  readonly untag: (iam: IAM, keys: string[]) => Promise<unknown>;
}

/** Tags of a user, a role or a policy: IAM changes and removes them by calls of their own. */
export function EntityTags({ tags = [], tag, untag }: EntityTagsProps): ReactNode {
  const save = useAwsAction(
    "iam",
    async (iam, edited: readonly Tag[]) => {
      const gone = tags.map(({ Key = "" }) => Key).filter((key) => !edited.some((one) => one.key === key));
      if (gone.length > 0) await untag(iam, gone);
      if (edited.length > 0)
        await tag(
          iam,
          edited.map(({ key, value }) => ({ Key: key, Value: value })),
        );
    },
    { done: () => "Tags: saved." },
  );
  return (
    <TagEditor
      label="Tags"
      tags={tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }))}
      isBusy={save.isPending}
      onSave={(edited) => save.mutate(edited)}
    />
  );
}
