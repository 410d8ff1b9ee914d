#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// What a command loads is kept compiled from one call to the next: only what is imported after this line.
enableCompileCache();
const { runCommandLine } = await import('./program.ts');
await runCommandLine();
