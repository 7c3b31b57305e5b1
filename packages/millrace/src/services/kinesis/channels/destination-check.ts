import type { ChannelDocument } from "./channel-document.ts";
import type { ChannelParts } from "./channel-parts.ts";
import { bucketOf, deadLetterWriter, destinationWriter, outputTemplate } from "./channel-plan.ts";

/** Why a channel cannot deliver, as a sentence for its status; undefined when nothing speaks against it. */
export function destinationProblem(
  document: ChannelDocument,
  { places }: Pick<ChannelParts, "places">,
): string | undefined {
  for (const { BucketARN } of [document.storage, document.deadLetters]) {
    const region = places.regionOf(bucketOf(BucketARN));
    if (region !== undefined && region !== document.region)
      return `The bucket ${BucketARN} is in ${region}, not in the channel's region ${document.region}.`;
  }
  const key = outputTemplate(document).expand(document.createdMs);
  const letter = `${document.deadLetters.ErrorOutputPrefix}${document.name}`;
  const refused =
    places.refusal({ ...destinationWriter(document), key }) ??
    places.refusal({ ...deadLetterWriter(document), key: letter });
  return refused?.message;
}
