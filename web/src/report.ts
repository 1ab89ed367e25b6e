// The report page: draws its pictures from the data that it carries and sets its dial to work.
import { drawAid } from './aid';
import { alarmsByRow } from './alarms';
import { showConflictMap } from './conflictmap';
import type { ReportData } from './data';
import { alphaText, makeDial } from './dial';
import { drawDoors } from './doors';
import { showExodusFans, showStranded } from './exodusfans';
import { showExodusMap } from './exodusmap';
import { showFlows } from './flows';
import { showFans } from './fans';
import { foldAll, watchLinks } from './fold';
import { showGates } from './gates';
import { drawMap } from './map';
import { drawPanels, panelsKey } from './panels';
import { drawAll, element, show, watchPrint, type Drawn } from './picture';
import { showReplay } from './replay';
import { drawSensitivity } from './sensitivity';
import { drawSeries } from './series';
import { showPlacementBoard } from './placementboard';
import { showPlacementMap } from './placementmap';
import { published } from './split';
import { showTrade } from './trade';
import { showTrails } from './trail';

function showCounts({ series, map, subject, watch }: ReportData): void {
  const alarms = alarmsByRow(watch?.alarms ?? []);
  if (series) {
    const main = series.panels.find((panel) => panel.main);
    const others = series.panels.filter((panel) => !panel.focus);
    if (main) {
      show('series', (width) => drawSeries(series, main, alarms, width));
    }
    if (others.length > 0) {
      show('others', (width): Drawn => {
        const { content, readings } = drawPanels(
          series,
          others,
          width,
          'others',
          others.map(() => ({ alarms, points: [] })),
        );
        const keyed = element('div', 'keyed');
        keyed.append(panelsKey(series, others, alarms), content);
        return { content: keyed, readings };
      });
    }
  }
  if (map && map.circles.length > 0) {
    show('map', (width) => drawMap(map, subject, width));
  }
}

function showWatch({ watch }: ReportData): void {
  if (!watch) {
    return;
  }
  if (watch.from && watch.to && watch.series.length > 0) {
    show('doors', (width) => drawDoors(watch, width));
  }
  if (watch.lead >= 0) {
    showReplay(watch);
  }
  showFlows(watch.flows);
  showTrade(watch.trade);
}

function showLaw({ doors }: ReportData): void {
  if (doors) {
    showGates(doors);
  }
}

function showPeople({ exodus }: ReportData): void {
  if (exodus) {
    showExodusMap(exodus);
    showExodusFans(exodus);
    showStranded(exodus);
  }
}

function showPlaces({ placement }: ReportData): void {
  if (placement) {
    showPlacementMap(placement);
    showPlacementBoard(placement);
  }
}

function showMoney({ aid }: ReportData): void {
  if (!aid) {
    return;
  }
  let lines = published(aid);
  let words = `alpha ${alphaText(aid.alpha)}`;
  const redraw = show('aid', (width) => drawAid(aid, lines, words, width));
  show('sensitivity', (width) => drawSensitivity(aid, width));
  makeDial(aid, (next, said) => {
    lines = next;
    words = said;
    redraw();
  });
}

const data = document.getElementById('ajar-data');
if (data) {
  const report = JSON.parse(data.textContent ?? '') as ReportData;
  showTrails(); // before a part sorts the rows of its table
  foldAll();
  showWatch(report);
  showCounts(report);
  showLaw(report);
  showPeople(report);
  showPlaces(report);
  showMoney(report);
  if (report.conflict) {
    showConflictMap(report.conflict);
    showFans(report.conflict);
  }
  drawAll();
  watchPrint();
  watchLinks();
  document.documentElement.classList.add('drawn');
}
