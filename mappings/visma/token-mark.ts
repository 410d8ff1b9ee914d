/** A token as it stands in a free field among other text. */
export function marked(token: string): string {
  return `[${token}]`;
}

/** A text with the token at its end; the text gives way where the field is short. `limit` in characters. */
export function withToken(text: string | undefined, token: string, limit: number): string {
  const mark = marked(token);
  const left = (text ?? '').slice(0, limit - mark.length - 1).trim();
  return left === '' ? mark : `${left} ${mark}`;
}
