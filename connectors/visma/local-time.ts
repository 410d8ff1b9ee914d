/** An instant, in milliseconds, in Visma's local form without zone: `2026-03-20T06:35:22.153`. Which zone is meant is the caller's. */
export function localForm(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '');
}
