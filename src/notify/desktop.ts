/**
 * Commands that show a message on the desktop of each system. The message is never part of code: it is a word of its own, or in
 * the environment, and its markup is escaped where the system would read it.
 */

import type { Message } from '../model/notifications.js';

/** AppleScript gets the message as arguments. */
const APPLE_SCRIPT = ['on run argv', 'display notification (item 2 of argv) with title (item 1 of argv)', 'end run'];

/** The PowerShell script reads the message from the environment, and puts it into the XML of the toast as text nodes. */
const POWERSHELL = [
  "$ErrorActionPreference = 'Stop'",
  '[void][Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]',
  '$manager = [Windows.UI.Notifications.ToastNotificationManager]',
  '$xml = $manager::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)',
  "$texts = $xml.GetElementsByTagName('text')",
  '[void]$texts.Item(0).AppendChild($xml.CreateTextNode($env:OFX_SYNC_TITLE))',
  '[void]$texts.Item(1).AppendChild($xml.CreateTextNode($env:OFX_SYNC_TEXT))',
  // Windows shows toasts of known programs only; this is the name under which it knows PowerShell.
  "$program = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'",
  '$manager::CreateToastNotifier($program).Show([Windows.UI.Notifications.ToastNotification]::new($xml))',
].join('\n');

/** Returns program and arguments that show the message. */
export function desktopCommand({ title, text }: Message, platform: string): readonly string[] {
  if (platform === 'darwin') return ['osascript', ...APPLE_SCRIPT.flatMap((line) => ['-e', line]), '--', title, text];
  if (platform === 'win32') {
    const encoded = Buffer.from(POWERSHELL, 'utf16le').toString('base64');
    return ['powershell.exe', '-NoProfile', '-NonInteractive', '-EncodedCommand', encoded];
  }
  return ['notify-send', '--app-name=ofx-sync', '--', title, literal(withoutMarkup(text))];
}

/** The servers of free desktops read markup in the text. */
function withoutMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** notify-send reads `\n` and the like in the text. */
function literal(text: string): string {
  return text.replaceAll('\\', '\\\\');
}
