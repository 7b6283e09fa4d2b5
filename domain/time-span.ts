/** A span of time, ISO 8601; the end is not part of it. */
export interface TimeSpan {
  readonly from: string;
  readonly to: string;
}
