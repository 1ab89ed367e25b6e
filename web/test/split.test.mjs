// The rule behind the dial, against the published worked example and its own promises.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, root, table } from './load.mjs';

const { split, webster } = await load('split.ts');
const oracle = await table(join(root, '../test/aid/oracle/aid_worked_example.csv'));

const host = (need, funded, cap, severity, floor = 0) => ({
  need,
  funded,
  floor,
  cap: Math.min(cap, need - funded),
  severity,
});
const aid = (hosts, budget, tranche = 0) => ({ hosts, budget, tranche });
const example = aid(
  oracle.map((row) => host(+row.need_musd, +row.funded_musd, +row.cap_musd, +row.severity)),
  80,
  0.5,
);
const total = (lines) => lines.reduce((all, line) => all + line.x, 0);

for (const [alpha, column] of [['inf', 'waterfill'], [4, 'alpha4'], [2, 'alpha2'], [1, 'alpha1']]) {
  test(`the worked example at alpha ${alpha} is reproduced`, () => {
    split(example, alpha).forEach((line, i) => {
      // The table gives the severity with four digits, the amounts with six.
      const room = alpha === 'inf' ? 1e-6 : 3e-4;
      assert.ok(Math.abs(line.x - +oracle[i][column]) < room * 80, `${oracle[i].host} ${line.x}`);
    });
  });
}

test('the worked example pays out in tranches of half a million by Webster', () => {
  assert.deepEqual(split(example, 'inf').map((line) => line.rounded), [25, 30.5, 17.5, 6, 1]);
});

test('the host at its cap is limited by it, the others by the budget', () => {
  assert.deepEqual(
    split(example, 'inf').map((line) => line.binding),
    ['budget', 'budget', 'budget', 'absorption cap', 'budget'],
  );
});

test('the whole budget is given out, and nobody leaves the bounds', () => {
  let state = 7;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 300; round++) {
    const hosts = Array.from({ length: 1 + Math.floor(random() * 9) }, () => {
      const need = 1 + 99 * random();
      const funded = random() < 0.3 ? 0 : need * random() * 1.1;
      const cap = Math.max(0, Math.min(need * random() + 0.01, need - funded));
      return { need, funded, cap, severity: 0.1 + 3 * random(), floor: random() < 0.3 ? cap * random() : 0 };
    });
    const most = hosts.reduce((all, one) => all + one.cap, 0);
    const floors = hosts.reduce((all, one) => all + one.floor, 0);
    const budget = floors + (most * 1.2 - floors) * random();
    for (const alpha of [0.5, 1, 2.5, 32, 'inf']) {
      const lines = split(aid(hosts, budget), alpha);
      assert.ok(Math.abs(total(lines) - Math.min(budget, most)) < 1e-9 * (1 + budget), `round ${round}`);
      lines.forEach((line, i) => {
        assert.ok(line.x >= hosts[i].floor - 1e-12 && line.x <= hosts[i].cap + 1e-12);
      });
      const shares = lines.reduce((all, line) => all + line.share, 0);
      assert.ok(shares === 0 || Math.abs(shares - 1) < 1e-12);
    }
  }
});

test('with equal severities every alpha gives the same split', () => {
  const hosts = [host(50, 5, 40, 1), host(80, 20, 10, 1), host(30, 0, 30, 1)];
  const level = split(aid(hosts, 40), 'inf');
  for (const alpha of [0.5, 1, 8]) {
    split(aid(hosts, 40), alpha).forEach((line, i) => assert.ok(Math.abs(line.x - level[i].x) < 1e-9));
  }
});

test('a floor holds a host up and is named as what limits it', () => {
  const lines = split(aid([host(100, 80, 20, 1, 10), host(100, 0, 100, 1)], 30), 'inf');
  assert.ok(Math.abs(lines[0].x - 10) < 1e-9 && Math.abs(lines[1].x - 20) < 1e-9);
  assert.equal(lines[0].binding, 'floor');
});

test('a host covered above the level by others gets nothing and the reason', () => {
  const lines = split(aid([host(100, 90, 10, 1), host(100, 0, 100, 1)], 30), 'inf');
  assert.equal(lines[0].x, 0);
  assert.equal(lines[0].binding, 'funded above level');
});

test('one tranche more takes none from anyone', () => {
  const votes = [24.7, 30.4, 17.7, 6, 1.2, 0.3];
  let before = webster(votes, [0, 2, 0, 0, 0, 0], [90, 90, 90, 6, 90, 90], 2);
  for (let seats = 3; seats < 120; seats++) {
    const now = webster(votes, [0, 2, 0, 0, 0, 0], [90, 90, 90, 6, 90, 90], seats);
    assert.equal(now.reduce((all, n) => all + n, 0), seats);
    now.forEach((n, i) => assert.ok(n >= before[i]));
    before = now;
  }
});
