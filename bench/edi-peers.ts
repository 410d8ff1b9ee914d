import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { PIECE } from './edi-read.ts';
import type { EdiSample } from './edi-samples.ts';

/** Another reader of the npm registry. It reads the sample and says how much it saw. */
export interface Peer {
  readonly name: string;
  readonly standard: 'X12' | 'EDIFACT';
  read(sample: EdiSample): number | Promise<number>;
}

const FOLDER = new URL('./peers/', import.meta.url);

interface SaxParser {
  oncomponent: (data: string) => void;
  /** It cannot tell by the UNB, and refuses letters that UNOA does not have. */
  encoding(level: string): void;
  write(chunk: string): void;
  end(): void;
}

interface PeerModules {
  readonly edifact: { readonly Parser: new () => SaxParser };
  readonly x12Stream: { readonly X12parser: new () => NodeJS.ReadWriteStream };
  readonly nodeX12: { readonly X12Parser: new () => { parse(text: string): object } };
}

/** The peers, from a folder with a lockfile of its own that is installed on demand. Undefined when they cannot be had. */
export function openPeers(): readonly Peer[] | undefined {
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: fileURLToPath(FOLDER), timeout: 120_000 });
  if (status !== 0) return undefined;
  const load = createRequire(new URL('package.json', FOLDER));
  const modules: PeerModules = {
    edifact: load('edifact'),
    x12Stream: load('x12-parser'),
    nodeX12: load('node-x12'),
  };
  return [
    { name: 'edifact', standard: 'EDIFACT', read: (sample) => readBySax(modules, sample) },
    { name: 'x12-parser', standard: 'X12', read: (sample) => readByStream(modules, sample) },
    { name: 'node-x12', standard: 'X12', read: (sample) => readWhole(modules, sample) },
  ];
}

function* pieces({ bytes }: EdiSample): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

function readBySax({ edifact }: PeerModules, sample: EdiSample): number {
  const parser = new edifact.Parser();
  parser.encoding('UNOC');
  let letters = 0;
  parser.oncomponent = (data) => {
    letters += data.length;
  };
  for (const piece of pieces(sample)) parser.write(piece.latin1Slice(0, piece.length));
  parser.end();
  return letters;
}

async function readByStream({ x12Stream }: PeerModules, sample: EdiSample): Promise<number> {
  let segments = 0;
  await pipeline(Readable.from(pieces(sample)), new x12Stream.X12parser(), async (source: AsyncIterable<unknown>) => {
    for await (const _ of source) segments += 1;
  });
  return segments;
}

function readWhole({ nodeX12 }: PeerModules, { bytes }: EdiSample): number {
  return Object.keys(new nodeX12.X12Parser().parse(bytes.toString('latin1'))).length;
}
