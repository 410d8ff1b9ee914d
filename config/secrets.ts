/** Names under which people put a secret into a file. Compared without case, `-` and `_`. */
const SECRET_KEY = /(password|passwd|passphrase|secret|privatekey|apikey|accesskey|credentials?|token|clientid)$/;

export function looksLikeSecret(key: string): boolean {
  return SECRET_KEY.test(key.replace(/[-_]/g, '').toLowerCase());
}

/** What to do with a secret that stands in a file. `connection`: whose it is, when the place tells. */
export function secretMessage(key: string, integration: string, connection: string | undefined): string {
  const command = `ml-connector connection set ${integration}/${connection ?? '<connection>'}`;
  return `"${key}" does not belong in a file: store it in the vault with \`${command}\` and delete the line`;
}
