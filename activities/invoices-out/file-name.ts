/** What a file name is made of. */
interface NameParts {
  readonly sequence: number;
  readonly now: Date;
}

/** Fills a template: `{date:yyyyMMdd}` is the day in UTC, `{sequence:6}` the number padded with zeros to six digits. */
export function fileName(template: string, { sequence, now }: NameParts): string {
  const [year = '', month = '', day = ''] = now.toISOString().slice(0, 10).split('-');
  return template
    .replaceAll(/\{date:([^}]*)\}/g, (_match, pattern: string) =>
      pattern.replace('yyyy', year).replace('MM', month).replace('dd', day),
    )
    .replaceAll(/\{sequence(?::(\d+))?\}/g, (_match, width?: string) =>
      String(sequence).padStart(Number(width ?? 1), '0'),
    );
}
