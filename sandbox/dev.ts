/**
 * `npm run dev`: the local run, until Ctrl-C.
 *
 * Settings: ML_CONNECTOR_HOME (default `.ml-connector`), TEMPORAL_ADDRESS and DATABASE_URL to use servers of yours,
 * TEMPORAL_CLI_PATH, ML_CONNECTOR_{POSTGRES,TEMPORAL,TEMPORAL_UI,VISMA,SFTP}_PORT.
 */
import { runDev } from './dev-run.ts';
import { setUpExamples } from './example-setup.ts';
import { sayToTerminal } from './say.ts';

await runDev({ prepare: (stack) => setUpExamples(stack, sayToTerminal()) });
