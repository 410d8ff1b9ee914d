/** A message between MHD and MTR: its type, and its segments. */
export type Message = readonly [type: string, ...segments: readonly string[]];

/** A TRADACOMS file of these messages, counted right. */
export function tradacoms(messages: readonly Message[]): string {
  const [first = ['']] = messages;
  const all = messages.map(([type, ...segments], at) =>
    [`MHD=${at + 1}+${type}:9`, ...segments, `MTR=${segments.length + 2}`].map((segment) => `${segment}'`).join(''),
  );
  const head = `STX=ANA:1+5000000000001:SELLER+5000000000002:BUYER+260101:120000+REF9++${first[0]}'`;
  return `${head}${all.join('')}END=${messages.length}'`;
}
