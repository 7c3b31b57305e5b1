/** Departures within the United States in the first half of 2001, in the order of their departure. */
export const flightsInFile = 3_000_000;
