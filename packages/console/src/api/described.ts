/** Things whose description is asked for; of more, only what the list itself says is shown. */
const maxDescribed = 200;
const concurrentDescriptions = 8;

/**
 * What a list names, with the description of each. One that was deleted meanwhile, or that one may not look at, has
 * none.
 */
export async function describedAll<T, D>(
  items: readonly T[],
  describe: (item: T) => Promise<D | undefined>,
): Promise<readonly { readonly item: T; readonly description: D | undefined }[]> {
  const all: { readonly item: T; readonly description: D | undefined }[] = [];
  for (let at = 0; at < items.length; at += concurrentDescriptions) {
    const group = items.slice(at, at + concurrentDescriptions);
    const described = await Promise.all(
      group.map((item) => (at < maxDescribed ? describe(item).catch(() => undefined) : undefined)),
    );
    all.push(...group.map((item, i) => ({ item, description: described[i] })));
  }
  return all;
}
