/** Encrypts the payloads of tests, and of the histories recorded for replay. It protects nothing. */
export const PAYLOAD_KEY = Buffer.from('only for tests: 32 bytes of text').toString('base64');
