import { setTimeout as sleep } from 'node:timers/promises';
import type { StopScope } from '../../domain/stop.js';
import type { Requests } from '../network/witness.js';
import type { Blow } from '../plan/schedule.js';
import { coverageOf, type Asked } from '../plan/stop-scopes.js';
import type { Stage } from '../stage/start-stage.js';
import { gatewayDoor } from './gateway-door.js';

/** What left of what was stopped. */
export interface StopWindow extends Requests {
  readonly scope: StopScope;
}

/** From the answer to the stop until it must hold. */
const TAKES_EFFECT_MS = 5_000;

/** Stops that for so long, and counts at the providers what still came. */
export async function pressStopButton(
  stage: Stage,
  { scope, ms }: Extract<Blow, { kind: 'stop_button' }>,
  asked: readonly Asked[],
): Promise<StopWindow> {
  const door = gatewayDoor(stage.gatewayUrl, stage.operatorKey);
  const insist = async (path: string, body: unknown): Promise<unknown> => {
    for (;;) {
      const answer = await door.call('POST', path, body);
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      await sleep(300);
    }
  };
  const { stop } = (await insist('/v1/stops', { scope, reason: 'Something is wrong' })) as {
    readonly stop: { readonly id: string };
  };
  const stoppedAt = Date.now();
  await sleep(ms);
  const seen = stage.witness.between(stoppedAt + TAKES_EFFECT_MS, Date.now(), coverageOf(scope, asked));
  await insist(`/v1/stops/${stop.id}/resume`, { reason: 'It was nothing' });
  return { scope, ...seen };
}
