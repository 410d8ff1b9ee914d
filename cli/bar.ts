const WIDTH = 40;

/** How many of the bar's places are filled. */
export function filledOf(done: number, total: number): number {
  return Math.min(WIDTH, Math.floor((done / total) * WIDTH));
}

/** `[#####     ]` at the beginning of the terminal's line, with what is said beside it. */
export function drawBar(terminal: Pick<NodeJS.WriteStream, 'write'>, filled: number, beside = ''): void {
  terminal.write(`\r\x1b[K[${'#'.repeat(filled)}${' '.repeat(WIDTH - filled)}]${beside}`);
}

export function wipeBar(terminal: Pick<NodeJS.WriteStream, 'write'>): void {
  terminal.write('\r\x1b[K');
}
