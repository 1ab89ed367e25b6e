// node build.mjs [FOLDER]: makes report.js, report.css and LICENCES.txt (default folder: dist).
// The same sources and packages give the same bytes.
import * as esbuild from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeShapes } from './shapes.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(root, 'dist'));

// `import shapes from 'ajar:shapes'` is the world's countries, packed at build time.
const shapes = {
  name: 'shapes',
  setup(build) {
    build.onResolve({ filter: /^ajar:shapes$/ }, (found) => ({
      path: found.path,
      namespace: 'shapes',
    }));
    build.onLoad({ filter: /.*/, namespace: 'shapes' }, async () => ({
      contents: JSON.stringify(await makeShapes()),
      loader: 'json',
    }));
  },
};

const target = ['chrome109', 'edge109', 'firefox115', 'safari16'];
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  charset: 'utf8',
  write: false,
  logLevel: 'warning',
  target,
  legalComments: 'none',
};

const script = await esbuild.build({
  ...shared,
  entryPoints: ['src/report.ts'],
  outfile: 'report.js',
  format: 'iife',
  platform: 'browser',
  plugins: [shapes],
  metafile: true,
});
const style = await esbuild.build({
  ...shared,
  entryPoints: ['src/report.css'],
  outfile: 'report.css',
});

const js = script.outputFiles[0].text;
const css = style.outputFiles[0].text;
// Both are written into the HTML as they are.
for (const [name, text] of [['report.js', js], ['report.css', css]]) {
  if (/<\/(script|style)|<!--/i.test(text)) {
    throw new Error(`${name} holds a tag that would end its element`);
  }
}

await mkdir(out, { recursive: true });
await writeFile(join(out, 'report.js'), js);
await writeFile(join(out, 'report.css'), css);
await writeFile(join(out, 'LICENCES.txt'), await licences(Object.keys(script.metafile.inputs)));

// The licence of every package that has a file in the bundle, by name.
async function licences(inputs) {
  const names = new Set();
  for (const input of inputs) {
    const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) {
      names.add(join('node_modules', found[1]));
    }
  }
  const parts = [
    'report.js holds parts of these packages. Country shapes: Natural Earth 1:50m, public domain,\n' +
      'by way of the package world-atlas.\n',
  ];
  for (const folder of [...names, 'node_modules/world-atlas'].sort()) {
    const about = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const text = await readFile(join(root, folder, 'LICENSE'), 'utf8');
    parts.push(`${about.name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${'-'.repeat(80)}\n`);
}
