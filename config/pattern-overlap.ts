/**
 * Whether some file name fits both patterns (`*` any characters, `?` one, `{a,b}` one of the words). Two flows whose
 * patterns overlap would both take such a file.
 */
export function patternsOverlap(a: string, b: string): boolean {
  return alternatives(a).some((left) => alternatives(b).some((right) => overlap(left, right)));
}

/** `v.{csv,txt}` -> `v.csv`, `v.txt`. */
function alternatives(pattern: string): readonly string[] {
  const [whole, words] = /\{([^{}]*)\}/.exec(pattern) ?? [];
  if (whole === undefined || words === undefined) return [pattern];
  return words.split(',').flatMap((word) => alternatives(pattern.replace(whole, () => word)));
}

/** Row by row over the prefixes of `a`: `reached[j]` says that some text fits `a` so far and the first j signs of `b`. */
function overlap(a: string, b: string): boolean {
  let reached = prefixes(b, (j, before) => j === 0 || (before && b[j - 1] === '*'));
  for (const sign of a) {
    const last = reached;
    reached = prefixes(b, (j, before) => {
      const above = last[j] === true;
      const diagonal = j > 0 && last[j - 1] === true;
      if (sign === '*') return above || before || diagonal;
      if (j > 0 && b[j - 1] === '*') return above || before || diagonal;
      return diagonal && (sign === b[j - 1] || sign === '?' || b[j - 1] === '?');
    });
  }
  return reached[b.length] === true;
}

function prefixes(b: string, fits: (j: number, before: boolean) => boolean): boolean[] {
  const row: boolean[] = [];
  for (let j = 0; j <= b.length; j++) row.push(fits(j, row[j - 1] === true));
  return row;
}
