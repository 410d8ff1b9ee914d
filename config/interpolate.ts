/** The environment that `${NAME}` reads from. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type Interpolated =
  | { readonly text: string; readonly missing: readonly string[]; readonly broken: false }
  | { readonly broken: true };

const VARIABLE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\}|\$\{/g;

/**
 * Replaces `${NAME}` and `${NAME:-default}`; a variable that is empty counts as not set, as in a shell. `$${` stands for `${`.
 * `broken`: there is a `${` that is neither.
 */
export function interpolate(text: string, env: Environment): Interpolated {
  const missing: string[] = [];
  let broken = false;
  const resolved = text.replace(VARIABLE, (match: string, name: string | undefined, fallback: string | undefined) => {
    if (match === '$${') return '${';
    if (name === undefined) {
      broken = true;
      return match;
    }
    const value = (Object.hasOwn(env, name) ? env[name] : undefined) || fallback;
    if (value === undefined) missing.push(name);
    return value ?? '';
  });
  return broken ? { broken } : { text: resolved, missing, broken };
}
