/** Something wrong in an integration file, and where. */
export interface Problem {
  readonly file: string;
  /** Both from 1; line 1, column 1 where the whole file is meant. */
  readonly line: number;
  readonly column: number;
  /** The setting in the file's own notation, `flows.vendors-in.schedule.every`; '' for the whole file. */
  readonly path: string;
  readonly message: string;
}

/** `acme.yaml:12:5 flows.vendors-in.sorce: unknown key; did you mean "source"?` */
export function formatProblem(problem: Problem): string {
  const subject = problem.path === '' ? '' : ` ${problem.path}:`;
  return `${problem.file}:${problem.line}:${problem.column}${subject} ${problem.message}`;
}

/** The problems in the order of the file, each once. */
export function inFileOrder(problems: readonly Problem[]): readonly Problem[] {
  const byText = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...byText.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}
