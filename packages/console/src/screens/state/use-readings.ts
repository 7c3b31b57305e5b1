import { useEffect, useState } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { readSamples, type Sample } from "./prometheus.ts";

export interface Reading {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly samples: readonly Sample[];
}

const everyMs = 2_000;
/** Five minutes. */
const maxReadings = 150;

/** The metrics, read again and again while the screen is open. */
export function useReadings(): { readonly readings: readonly Reading[]; readonly error: Error | undefined } {
  const { millrace } = useConsole();
  const [readings, setReadings] = useState<readonly Reading[]>([]);
  const [error, setError] = useState<Error>();
  useEffect(() => {
    const gone = new AbortController();
    const read = async (): Promise<void> => {
      try {
        const response = await millrace.fetch("GET", "metrics", { signal: gone.signal });
        const reading = { at: Date.now(), samples: readSamples(await response.text()) };
        setReadings((before) => [...before, reading].slice(-maxReadings));
        setError(undefined);
      } catch (thrown) {
        if (!gone.signal.aborted) setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    };
    void read();
    const timer = setInterval(() => void read(), everyMs);
    return () => {
      gone.abort();
      clearInterval(timer);
    };
  }, [millrace]);
  return { readings, error };
}
