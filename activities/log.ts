/** A structured log (pino's shape): fields first, then a sentence. Never bodies, never secrets. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
