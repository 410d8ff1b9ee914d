import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** What the Web UI and `temporal workflow list` find documents by. `ml-connector apply` registers them. */
export const INTEGRATION = defineSearchAttributeKey('Integration', SearchAttributeType.KEYWORD);
export const FLOW = defineSearchAttributeKey('Flow', SearchAttributeType.KEYWORD);
export const PARTNER = defineSearchAttributeKey('Partner', SearchAttributeType.KEYWORD);
export const DOCUMENT_KIND = defineSearchAttributeKey('DocumentKind', SearchAttributeType.KEYWORD);
export const BUSINESS_REFERENCE = defineSearchAttributeKey('BusinessReference', SearchAttributeType.KEYWORD);
/** The type of the failure that ended a delivery; set only then. */
export const OUTCOME = defineSearchAttributeKey('Outcome', SearchAttributeType.KEYWORD);

export const SEARCH_ATTRIBUTES = [INTEGRATION, FLOW, PARTNER, DOCUMENT_KIND, BUSINESS_REFERENCE, OUTCOME] as const;
