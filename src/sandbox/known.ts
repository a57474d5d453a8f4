/** The settings of `sandbox://NAME` for a configuration that omits them: ids, and a version that the institution accepts. */

import type { Quirks } from '../model/institution.js';
import { nearest } from '../model/nearest.js';
import { SANDBOX_INSTITUTIONS } from './institutions.js';

interface SandboxEntry {
  readonly title: string;
  readonly url: null;
  readonly org: string;
  readonly fid: string;
  readonly brokerId: string | null;
  readonly quirks: Quirks;
}

/** Returns the settings of an institution, else the nearest name. */
export function sandboxEntry(name: string): SandboxEntry | { readonly suggestions: readonly string[] } {
  const names = SANDBOX_INSTITUTIONS.map((one) => one.name);
  const found = SANDBOX_INSTITUTIONS.find((one) => one.name === name);
  if (found === undefined) return { suggestions: [nearest(name, names) ?? names.join(', ')] };
  const { title, org, fid, brokerId = null, versions } = found;
  const ofxVersion = versions.find((version) => version === '203') ?? versions[0];
  return { title, url: null, org, fid, brokerId, quirks: ofxVersion === undefined ? {} : { ofxVersion } };
}
