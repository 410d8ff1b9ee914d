import { type Document, isCollection, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { type Environment, interpolate } from './interpolate.ts';
import type { Problem } from './problem.ts';
import { unitOf } from './units.ts';
import { offsetOf, type Path, pathOf } from './yaml-offset.ts';

/** Integration files are written by people; a larger or deeper one is a mistake or an attack. */
const MAX_CHARACTERS = 256 * 1024;
const MAX_DEPTH = 30;
const NO_ALIASES = 'a value that begins with * needs quotes; aliases are not followed in these files';
const HOW_TO_WRITE = `a variable is written \${NAME} or \${NAME:-default}`;

type ProblemAtOffset = (offset: number, path: Path, message: string) => Problem;

/** A YAML file as plain data in which every scalar is text, and the place of everything in it. */
export interface YamlSource {
  /** Undefined when the file is no YAML. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** A problem where a setting (or its key) stands; where it is missing, at the group around it. */
  readonly problemAt: (path: Path, part: 'key' | 'value', message: string) => Problem;
}

/**
 * Reads YAML 1.2 and fills in environment variables. Never throws: what is wrong is in `problems`. Variables are replaced
 * inside scalars only, so a value cannot bring structure into the file, and a comment needs no variable.
 */
export function readYaml(text: string, file: string, env: Environment): YamlSource {
  const lines = new LineCounter();
  const problemAt: ProblemAtOffset = (offset, path, message) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), path: pathText(path), message };
  };
  if (text.length > MAX_CHARACTERS) {
    return unreadable(problemAt, [problemAt(0, [], `the file is larger than ${MAX_CHARACTERS} characters`)]);
  }
  // What a decoder puts in place of bytes that are not UTF-8.
  if (text.includes('\uFFFD')) return unreadable(problemAt, [problemAt(0, [], 'the file is not UTF-8')]);
  try {
    const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
    const faults = faultsOf(document, text, problemAt);
    return faults.length > 0 ? unreadable(problemAt, faults) : readable(document, env, problemAt);
  } catch (error) {
    // How the parser answers when a file is nested so deeply that its stack overflows.
    if (error instanceof RangeError) return unreadable(problemAt, [problemAt(0, [], 'the file is nested too deeply')]);
    throw error;
  }
}

function readable(document: Document.Parsed, env: Environment, problemAt: ProblemAtOffset): YamlSource {
  const problems = fillIn(document, env, problemAt);
  return {
    value: document.toJS(),
    problems,
    problemAt: (path, part, message) => problemAt(offsetOf(document, path, part), path, message),
  };
}

function unreadable(problemAt: ProblemAtOffset, problems: readonly Problem[]): YamlSource {
  return { value: undefined, problems, problemAt: (path, _part, message) => problemAt(0, path, message) };
}

/** Nesting without end, or else syntax errors, unknown tags, aliases (they can grow without bound), and keys that are groups. */
function faultsOf(document: Document.Parsed, text: string, problemAt: ProblemAtOffset): Problem[] {
  const found = [...document.errors, ...document.warnings];
  const first = found.find((fault) => fault.code !== 'DUPLICATE_KEY');
  // A parser that has lost its way reports every further sign; only the first of these says something.
  const faults = found
    .filter((fault) => fault === first || fault.code === 'DUPLICATE_KEY')
    .map((fault) => problemAt(fault.pos[0], [], syntaxMessage(fault.message, text, fault.pos[0])));
  let deepest: Problem | undefined;
  visit(document, {
    Pair(_key, pair) {
      if (!isScalar(pair.key)) faults.push(problemAt(0, [], 'every key must be a plain text'));
    },
    Alias(_key, node) {
      faults.push(problemAt(node.range?.[0] ?? 0, [], NO_ALIASES));
    },
    Collection(_key, node, ancestors) {
      if (ancestors.filter(isCollection).length < MAX_DEPTH) return undefined;
      deepest = problemAt(node.range?.[0] ?? 0, [], `is nested deeper than ${MAX_DEPTH} levels`);
      return visit.BREAK;
    },
  });
  return deepest === undefined ? faults : [deepest];
}

function syntaxMessage(message: string, text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
  const hint = /\{.*\$\{/.test(line) ? '; inside { } a value with a variable needs quotes' : '';
  return `is not valid YAML: ${message}${hint}`;
}

function fillIn(document: Document.Parsed, env: Environment, problemAt: ProblemAtOffset): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const result = interpolate(node.value, env);
      const path = pathOf([...ancestors, node]);
      const report = (message: string) => problems.push(problemAt(node.range?.[0] ?? 0, path, message));
      if (result.broken) report(HOW_TO_WRITE);
      else for (const name of result.missing) report(`the environment variable ${name} is not set`);
      if (!result.broken) node.value = result.text;
    },
  });
  return problems;
}

/** A path in the file's own notation; items of lists are counted from 1. */
export function pathText(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key + 1}]` : `.${unitOf(String(key))?.name ?? String(key)}`))
    .join('')
    .replace(/^\./, '');
}
