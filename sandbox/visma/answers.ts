import type { Json } from './json.ts';

/** What a call is answered with. `html` stands for a page of a proxy in front of the API. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly html?: string;
}

/** A refusal by the API itself: a protocol fault, an unknown record, a stale version. Answered as `{"message": …}`. */
export class ApiRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiRefusal';
    this.status = status;
  }

  answer(): Answer {
    return { status: this.status, body: { message: this.message } };
  }
}

/** A refusal by a business rule. The write that meets it adds the ERP's prefix (`VismaId: … Error inserting …`). */
export class BusinessRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BusinessRefusal';
  }
}

/** The page a proxy in front of the API answers with: never JSON, and without rate headers. */
export function gatewayPage(status: number): Answer {
  const title = status === 504 ? '504 Gateway Time-out' : `${status} Bad Gateway`;
  return {
    status,
    html: `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`,
  };
}
