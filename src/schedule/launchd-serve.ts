/** A launch agent of macOS that keeps the server running (launchd.plist(5)). */

import { launchAgent } from './launchd.js';

export const launchdServe = launchAgent({
  title: 'launchd agent that serves',
  label: 'ofx-sync-serve',
  // launchd starts it again after a failure, not after it was stopped.
  when: () => `  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
`,
});
