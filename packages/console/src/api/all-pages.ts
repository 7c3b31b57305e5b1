const maxPages = 200;

/** All items of a call that answers in pages. */
export async function allPages<T>(
  page: (token: string | undefined) => Promise<{
    readonly items: readonly T[] | undefined;
    readonly next: string | undefined;
  }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  for (let i = 0; i < maxPages; i++) {
    const { items, next } = await page(token);
    all.push(...(items ?? []));
    if (next === undefined || next === "") break;
    token = next;
  }
  return all;
}
