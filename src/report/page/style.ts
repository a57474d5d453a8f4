/** The styles of the page: the only ones that its policy admits. Light and dark, on paper, and as narrow as a phone. */

export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--panel:#f6f7f9;--text:#1b1f24;--soft:#57606a;--edge:#d0d7de;--link:#0a58ca;
--good:#1a6b3c;--good-fill:#9ccfb0;--bad:#b3261e;--bad-fill:#f0a9a4;--warn:#7a4d00;--warn-fill:#f3cf8e;--old-fill:#c9b8ec;--old:#5b3a9e;--line:#0a58ca}
@media (prefers-color-scheme:dark){:root{--ground:#0f1318;--panel:#181d24;--text:#e6edf3;--soft:#a3adb8;--edge:#3a424c;--link:#79b8ff;
--good:#7fd6a0;--good-fill:#245c3b;--bad:#ff9d95;--bad-fill:#7c2a25;--warn:#f0c36d;--warn-fill:#6b4a10;--old-fill:#4a3880;--old:#c5b3f5;--line:#79b8ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:1rem;max-width:75rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{margin:0;font-size:1.5rem;line-height:1.25}
h2{margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--edge);font-size:1.25rem;line-height:1.3}
h3{margin:0;font-size:1rem}
p{margin:.25rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,.wide:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
.soft{color:var(--soft)}
.small{font-size:.875rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.75rem 0 0;padding:0;list-style:none}
nav a{display:inline-block;padding:.25rem 0}
code{padding:.1em .35em;border:1px solid var(--edge);border-radius:.3em;background:var(--panel);font:.9em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.needs{margin:0;padding:0;list-style:none;display:grid;gap:.75rem}
.needs li{padding:.75rem 1rem;border:1px solid var(--edge);border-left:.4rem solid var(--warn);border-radius:.3rem;background:var(--panel)}
.needs li.bad{border-left-color:var(--bad)}
.needs p{margin:.15rem 0}
.fine{padding:.75rem 1rem;border:1px solid var(--edge);border-left:.4rem solid var(--good);border-radius:.3rem;background:var(--panel)}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))}
.card{min-width:0;padding:1rem;border:1px solid var(--edge);border-radius:.5rem;background:var(--panel)}
.figure{font-size:1.5rem;line-height:1.3;font-variant-numeric:tabular-nums}
.card h3{font-weight:600}
.debt{color:var(--bad)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem 1rem;margin:.5rem 0 0}
dd{margin:0;text-align:right;font-variant-numeric:tabular-nums}
figure{margin:.75rem 0 0}
figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;color:var(--soft);font-size:.875rem}
svg{display:block;width:100%}
.curve{height:7.5rem;border-bottom:1px solid var(--edge)}
.flows{height:8rem;border-bottom:1px solid var(--edge)}
.bar{height:.75rem;min-width:4rem}
.line{fill:none;stroke:var(--line);stroke-width:2;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.zero{stroke:var(--soft);stroke-width:1;vector-effect:non-scaling-stroke}
.assets,.in,.ok{fill:var(--good-fill)}
.debts,.out,.failed{fill:var(--bad-fill)}
.skipped{fill:var(--warn-fill)}
.share{fill:var(--line)}
.uncertain{fill:var(--warn-fill);opacity:.6}
.wide{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{padding:.25rem 0;text-align:left;color:var(--soft);font-size:.875rem}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--edge);text-align:left;vertical-align:top;font-weight:400}
thead th{color:var(--soft);font-size:.875rem}
th[scope=row]{min-width:6rem}
.amount{text-align:right;white-space:nowrap;overflow-wrap:normal}
.calendar{width:auto}
.calendar th,.calendar td{padding:.15rem;border:1px solid var(--ground);text-align:center;overflow-wrap:normal}
.calendar th[scope=row]{position:sticky;left:0;z-index:1;min-width:7rem;max-width:14rem;padding-right:.6rem;background:var(--ground);text-align:left;overflow-wrap:anywhere}
.calendar thead th[scope=colgroup]{border-left:2px solid var(--edge);text-align:left}
.calendar td,.key span{min-width:1.6rem;width:1.6rem;height:1.6rem;line-height:1.3rem;font-weight:700}
.covered{background:var(--good-fill);color:var(--good)}
.gap{background:var(--bad-fill);color:var(--bad)}
.refused{background:var(--warn-fill);color:var(--warn)}
.stale{background:var(--old-fill);color:var(--old)}
.before{color:var(--soft)}
.calendar .gap,.calendar .refused,.calendar .stale,.key span{color:var(--text)}
.key{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0 0;padding:0;list-style:none;font-size:.875rem}
.key span{display:inline-block;margin-right:.4rem;text-align:center}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
details{margin-top:.5rem}
summary{padding:.25rem 0;color:var(--link);cursor:pointer}
footer{margin-top:3rem;padding-top:.75rem;border-top:1px solid var(--edge);color:var(--soft);font-size:.875rem}
@media (max-width:40rem){body{padding:.75rem}th,td{padding:.3rem .35rem}.figure{font-size:1.3rem}}
@media print{:root{color-scheme:light;--ground:#fff;--panel:#fff;--text:#000;--soft:#444;--edge:#999;--link:#000;--good:#000;--good-fill:#cfe8d8;
--bad:#000;--bad-fill:#f2bdb9;--warn:#000;--warn-fill:#f6dfb3;--old-fill:#ddd2f5;--old:#000;--line:#000}
body{max-width:none;padding:0;font-size:10pt;print-color-adjust:exact}nav,.skip{display:none}.card,.needs li,tr,figure{break-inside:avoid}h2,h3{break-after:avoid}.wide{overflow:visible}}
`;
