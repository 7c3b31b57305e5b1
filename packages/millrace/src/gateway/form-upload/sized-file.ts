import { fileTooLarge, fileTooSmall } from "./form-errors.ts";
import type { PostPolicy } from "./post-policy.ts";

/** The bytes of a file, failing as soon as there are more, or at the end when there are fewer than a policy says. */
export async function* sizedFile(
  file: AsyncIterable<Buffer>,
  sizes: PostPolicy["sizes"],
): AsyncGenerator<Buffer> {
  const min = Math.max(0, ...sizes.map((range) => range.min));
  const max = Math.min(Number.POSITIVE_INFINITY, ...sizes.map((range) => range.max));
  let bytes = 0;
  for await (const chunk of file) {
    bytes += chunk.length;
    if (bytes > max) throw fileTooLarge(bytes, max);
    yield chunk;
  }
  if (bytes < min) throw fileTooSmall(bytes, min);
}
