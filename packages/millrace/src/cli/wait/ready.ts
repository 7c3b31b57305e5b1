const healthTimeoutMs = 2_000;

/** Whether a Millrace answers that it is well. */
export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/_millrace/health`, { signal: AbortSignal.timeout(healthTimeoutMs) });
    const answer: unknown = await response.json();
    return (
      response.ok &&
      typeof answer === "object" &&
      answer !== null &&
      "status" in answer &&
      answer.status === "ok"
    );
  } catch {
    // Not there yet, or not well yet.
    return false;
  }
}
