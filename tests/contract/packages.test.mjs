import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { document, operations, root } from './repository.mjs';
import { compiles, tsc } from './typescript/built.mjs';

// The clients as packages: built, installed with no network where nothing else is, and used as their READMEs say.

const work = mkdtempSync(join(tmpdir(), 'quality-ingest-packages-'));
const [csharp, typescript] = ['csharp', 'typescript'].map(name => join(root, 'clients', name));
const environment = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1', npm_config_update_notifier: 'false' };
after(() => rmSync(work, { recursive: true, force: true }));

function run(program, directory, ...args) {
  try {
    return execFileSync(program, args, { cwd: directory, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')}\n${error.stdout}\n${error.stderr}`);
  }
}

/** The blocks of a README in a language. */
const examples = (folder, language) =>
  [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(match => match[1]);

// The names of a zip's entries, from its directory at the end.
function entries(file) {
  const zip = readFileSync(file);
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const names = [];
  for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset));
    names.push(zip.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}

test('the C# package holds the client, its words and its symbols, and its README compiles on it alone', () => {
  const packages = join(work, 'packages');
  run('dotnet', csharp, 'pack', '-c', process.env.CONFIGURATION ?? 'Release', '--no-build', '-v', 'q', '-o', packages);
  assert.deepEqual(readdirSync(packages).sort(), ['QualityIngest.Client.0.1.0.nupkg', 'QualityIngest.Client.0.1.0.snupkg']);
  const [held, symbols] = readdirSync(packages).sort().map(name => entries(join(packages, name)));
  for (const name of ['README.md', 'lib/net10.0/QualityIngest.Client.dll', 'lib/net10.0/QualityIngest.Client.xml']) {
    assert.ok(held.includes(name), `${name} is not in the package, but ${held.join(', ')}`);
  }
  assert.ok(symbols.includes('lib/net10.0/QualityIngest.Client.pdb'), symbols.join(', '));

  const user = join(work, 'user');
  mkdirSync(user);
  writeFileSync(join(user, 'nuget.config'), `<configuration><config><add key="globalPackagesFolder" value="${join(work, 'global')}" /></config><packageSources><clear /><add key="here" value="${packages}" /></packageSources></configuration>`);
  writeFileSync(join(user, 'User.csproj'), `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings><UseAppHost>false</UseAppHost>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors><NuGetAudit>false</NuGetAudit><UseSharedCompilation>false</UseSharedCompilation>
  </PropertyGroup>
  <ItemGroup>
    <FrameworkReference Include="Microsoft.AspNetCore.App" /><PackageReference Include="QualityIngest.Client" Version="0.1.0" />
  </ItemGroup>
</Project>`);
  const blocks = examples(csharp, 'csharp');
  assert.ok(blocks.length >= 9);
  blocks.forEach((block, i) => {
    const usings = block.match(/^using [\w.]+;\n/gm) ?? [];
    const body = block.slice(usings.join('').length);
    const taken = /\bvar client\b/.test(body) ? '' : 'IQualityIngestClient client';
    writeFileSync(join(user, `Example${i}.cs`), `${usings.join('')}\npublic static class Example${i}\n{\n    public static async Task Run(${taken})\n    {\n        await Task.CompletedTask;\n${body}\n    }\n}\n`);
  });
  run('dotnet', user, 'build', '-c', 'Release', '-v', 'q', '-nodeReuse:false', '-t:Restore;Build', '-p:OutputType=Library');
});

test('the TypeScript package holds modules with types, is installed with no network, and its README compiles on it alone', () => {
  // Packed from a copy: what others do in the checkout meanwhile is theirs.
  const source = join(work, 'source'), user = join(work, 'npm');
  mkdirSync(source);
  mkdirSync(user);
  for (const name of ['package.json', 'tsconfig.json', 'README.md']) copyFileSync(join(typescript, name), join(source, name));
  cpSync(join(typescript, 'src'), join(source, 'src'), { recursive: true });
  run(process.execPath, source, tsc, '--project', source);
  const [{ filename, files }] = JSON.parse(run('npm', source, 'pack', '--json', '--ignore-scripts', '--pack-destination', user));
  const held = files.map(file => file.path);
  for (const name of ['README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts', 'dist/generated.d.ts', 'src/generated.ts']) {
    assert.ok(held.includes(name), `${name} is not in the package, but ${held.join(', ')}`);
  }

  writeFileSync(join(user, 'package.json'), '{"name":"user","private":true,"type":"module"}');
  run('npm', user, 'install', '--offline', '--no-audit', '--no-fund', `./${filename}`);
  const blocks = examples(typescript, 'ts');
  assert.ok(blocks.length >= 9);
  blocks.forEach((block, i) => writeFileSync(
    join(user, `example${i}.ts`),
    /\bconst client\b/.test(block) ? block : `import type { QualityIngestClient } from 'quality-ingest-client';\ndeclare const client: QualityIngestClient;\n${block}\nexport {};\n`));
  compiles(user);
  const exported = JSON.parse(run(process.execPath, user, '--input-type=module', '-e',
    `import * as client from 'quality-ingest-client'; console.log(JSON.stringify([...Object.keys(client), ...Object.getOwnPropertyNames(client.QualityIngestClient.prototype)]))`));
  for (const [name, { operationId }] of operations(document())) {
    assert.ok(exported.includes(operationId), `${name} has no method`);
  }
  for (const name of ['connect', 'items', 'followEvents', 'storedEvents', 'verifyWebhook', 'retrying', 'ApiProblem', 'etag']) {
    assert.ok(exported.includes(name), name);
  }
});
