/** A real Chromium, driven by its own protocol through a pipe. It contacts nothing but what a page asks for. */

import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { scratchDir } from './scratch.js';

export const CHROMIUM = 'chromium';

const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  // Tests may run as root, where the sandbox does not start.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--hide-scrollbars',
];

type Values = Readonly<Record<string, unknown>>;

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Values;
  readonly result?: Values;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

export interface View {
  readonly width: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly print?: boolean;
}

export class Browser {
  readonly #child: ChildProcess;
  readonly #input: Writable;
  readonly #waiting = new Map<number, { resolve: (result: Values) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Set<(message: Incoming) => void>();
  #next = 1;

  constructor() {
    const profile = scratchDir('chromium-profile');
    this.#child = spawn(CHROMIUM, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
    });
    const [, , , input, output] = this.#child.stdio;
    this.#input = input as Writable;
    let rest = '';
    (output as Readable).setEncoding('utf8').on('data', (text: string) => {
      const messages = `${rest}${text}`.split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) this.#receive(JSON.parse(message) as Incoming);
    });
    this.#child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Chromium has ended'));
    });
  }

  send(method: string, params: Values = {}, sessionId?: string): Promise<Values> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#input.write(
        `${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`,
      );
    });
  }

  listen(listener: (message: Incoming) => void): void {
    this.#listeners.add(listener);
  }

  async open(url: string, view: View): Promise<Page> {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, String(sessionId));
    await page.show(url, view);
    return page;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.send('Browser.close').catch(() => undefined);
    await ended;
  }

  #receive(message: Incoming): void {
    for (const listener of this.#listeners) listener(message);
    if (message.id === undefined) return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error !== undefined) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result ?? {});
  }
}

export class Page {
  /** URLs that were requested, that of the page included. */
  readonly requests: string[] = [];
  /** What the console would show: violations of the policy, errors. */
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #session: string;

  constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
    browser.listen(({ method, params = {}, sessionId }) => {
      if (sessionId !== session) return;
      const { request, entry } = params as { request?: { url: string }; entry?: { text: string } };
      if (method === 'Network.requestWillBeSent' && request !== undefined) this.requests.push(request.url);
      if (method === 'Log.entryAdded' && entry !== undefined) this.complaints.push(entry.text);
    });
  }

  async show(url: string, view: View): Promise<void> {
    for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await this.#send(`${domain}.enable`);
    await this.look(view);
    const loaded = new Promise<void>((resolve) => {
      this.#browser.listen(({ method, sessionId }) => {
        if (sessionId === this.#session && method === 'Page.loadEventFired') resolve();
      });
    });
    await this.#send('Page.navigate', { url });
    await loaded;
  }

  /** Looks at the page in another width or medium. */
  async look({ width, height = 800, dark = false, print = false }: View): Promise<void> {
    const size = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
    await this.#send('Emulation.setDeviceMetricsOverride', size);
    const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
    await this.#send('Emulation.setEmulatedMedia', { media: print ? 'print' : 'screen', features });
  }

  /** Evaluates an expression in the page, past its policy, and returns its value. */
  async evaluate(expression: string): Promise<unknown> {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', options);
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value?: unknown }).value;
  }

  async press(key: string): Promise<void> {
    for (const type of ['keyDown', 'keyUp'])
      await this.#send('Input.dispatchKeyEvent', {
        type,
        key,
        code: key,
        windowsVirtualKeyCode: key === 'Tab' ? 9 : 13,
      });
  }

  /** Returns the picture of the whole page, or of a strip of it. */
  async screenshot(clip?: {
    readonly y: number;
    readonly height: number;
    readonly width: number;
  }): Promise<Uint8Array> {
    const area = clip === undefined ? {} : { clip: { ...clip, x: 0, scale: 1 } };
    const { data } = await this.#send('Page.captureScreenshot', { captureBeyondViewport: true, ...area });
    return Buffer.from(String(data), 'base64');
  }

  #send(method: string, params: Values = {}): Promise<Values> {
    return this.#browser.send(method, params, this.#session);
  }
}
