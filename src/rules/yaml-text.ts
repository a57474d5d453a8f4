/** Rules as YAML that can be put into accounts.yaml, whatever a bank wrote into its texts. */

import type { ExportRule } from '../model/rules/rule.js';

/** Returns the two lines of a rule, an entry of a list. */
export function ruleYaml({ match, set }: ExportRule, indent = '  '): string[] {
  return [`${indent}- match: ${flow(match)}`, `${indent}  set: ${flow(set)}`];
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? quoted(value) : String(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${flow(one)}`)
    .join(', ')} }`;
}

/** Returns a text in double quotes, where YAML and JSON escape alike; nothing in it is invisible or controls a terminal. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Returns a text for a comment: on one line, without characters that a YAML file may not hold. */
export function commentText(text: string): string {
  return text
    .replace(/[\p{C}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
}
