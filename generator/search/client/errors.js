// One kind of error: `code` names the sentence a reader gets (messages.js).

/** Codes: newer, offline, missing, damaged, costly, cancelled. */
export class SearchError extends Error {
  constructor(code, detail = "") {
    super(detail ? `${code}: ${detail}` : code);
    this.name = "SearchError";
    this.code = code;
  }
}
