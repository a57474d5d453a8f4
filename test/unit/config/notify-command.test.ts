/** A bank's message is never part of code. */

import { expect, test } from 'vitest';
import { codeComplaint } from '../../../src/config/notify-command.js';

test.each([
  [['sh', '-c', 'notify-send "{text}"']],
  [['bash', '-lc', "echo '{title}'"]],
  [['/usr/bin/zsh', '-c', 'logger {text}']],
  [['sh', '-e', '-c', 'x', '-c', '{text}']],
  [['sh', '-c', '{text}']],
  [['bash', '-o', 'pipefail', '-c', 'echo {text}']],
  [['fish', '--command=echo {text}']],
  [['sh', '{text}']],
  [['sh', '--', '{text}']],
  [['env', 'A=1', 'sh', '-c', 'echo {text}']],
  [['timeout', '5', 'bash', '-c', 'echo {text}']],
  [['osascript', '-e', 'display notification "{text}" with title "{title}"']],
  [['osascript', '-l', 'JavaScript', '-e', 'x("{text}")']],
  [['powershell', '-NoProfile', '-Command', 'New-Toast', '{text}']],
  [['C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', 'New-Toast', '{text}']],
  [['pwsh', '-c', 'New-Toast "{text}"']],
  [['pwsh', '-Command', 'New-Toast', '{text}']],
  [['cmd.exe', '/c', 'msg', '*', '{text}']],
  [['ssh', 'desk', 'notify-send', '{text}']],
  [['python3', '-c', 'print("{text}")']],
  [['perl', '-e', 'print "{text}"']],
  [['node', '-e', 'console.log("{text}")']],
  [['su', 'alex', '-c', 'notify-send {text}']],
])('%j is refused', (command) => {
  expect(codeComplaint(command)?.message).toMatch(/could run commands$/);
});

test.each([
  [['notify-send', '{title}', '{text}']],
  [['notify-send', '--app-name=ofx-sync', 'ofx-sync: {title}', '{text}']],
  [['sh', '-c', 'cat >> told.jsonl']],
  [['sh', '-c', 'notify-send "$1" "$2"', 'sh', '{title}', '{text}']],
  [['bash', '-o', 'pipefail', '-c', 'notify-send "$1"', 'sh', '{text}']],
  [['sh', './tell.sh', '--text={text}', '{title}']],
  [['python3', 'tell.py', '{text}']],
  [['osascript', '-e', 'on run argv', '-e', 'end run', '{text}']],
  [['powershell', '-NoProfile', '-File', 'tell.ps1', '{text}']],
  [['pwsh', 'tell.ps1', '{text}']],
  [['env', 'A=1', 'notify-send', '{title}', '{text}']],
  [['mail', '-s', '{title}', 'sh']],
])('%j is not', (command) => {
  expect(codeComplaint(command)).toBeNull();
});
