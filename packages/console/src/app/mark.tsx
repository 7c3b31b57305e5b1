import type { ReactNode } from "react";

/** The sign of Millrace: water in a channel. */
export function Mark(): ReactNode {
  return (
    <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b7285" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M6 11c3.3-3 6.7-3 10 0s6.7 3 10 0" />
        <path d="M6 17c3.3-3 6.7-3 10 0s6.7 3 10 0" opacity=".8" />
        <path d="M6 23c3.3-3 6.7-3 10 0s6.7 3 10 0" opacity=".55" />
      </g>
    </svg>
  );
}
