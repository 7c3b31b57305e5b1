import { expect, it } from "vitest";
import { agoText, bytesText, countText, durationText, rateText } from "./format.ts";

it.each([
  [bytesText(0), "0 B"],
  [bytesText(1023), "1023 B"],
  [bytesText(1536), "1.5 KiB"],
  [bytesText(10 * 1024 * 1024), "10 MiB"],
  [countText(12_345), "12,345"],
  [countText(1_234_567), "1.23 M"],
  [rateText(0.234), "0.23"],
  [rateText(4_980), "4,980"],
  [durationText(0.4), "0.4 ms"],
  [durationText(350), "350 ms"],
  [durationText(2_100), "2.1 s"],
  [durationText(300_000), "5 min"],
  [durationText(172_800_000), "2 d"],
  [agoText(0, 500), "now"],
  [agoText(new Date(0), 180_000), "3 min ago"],
  [agoText(undefined, 0), ""],
])("%s", (actual, expected) => {
  expect(actual).toBe(expected);
});
