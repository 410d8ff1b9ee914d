// biome-ignore-all lint/performance/noBarrelFile: the bundler takes workflow types from the exports of one file.
/** Every workflow type, by the name that histories know it by. */
export { anchor } from './anchor.ts';
export { deliver } from './deliver.ts';
export { retention } from './retention.ts';
export { sweep } from './sweep.ts';
export { syncVismaSftp } from './sync-visma-sftp.ts';
export { watch } from './watch.ts';
