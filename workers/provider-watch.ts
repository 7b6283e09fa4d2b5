import type { MetricMeter } from '@temporalio/common';
import type { ProviderDeps } from '../providers/registration.js';
import type { Log } from './log.js';

/**
 * What a person must hear about a provider: a warning in the log and, where a meter is given, a counter beside
 * Temporal's own metrics (PAYOUTS_METRICS_ADDRESS). The counters, as Prometheus sees them:
 *
 * - `payouts_provider_unmapped_answers_total{account,provider,call,what}`: an answer that the adapter has no words for
 * - `payouts_provider_login_refused_total{account,provider}`: the provider turned our credentials away
 *
 * The provider's own code is in the log and not a label: whoever answers in its place could make up any number of them.
 */
export function providerWatch(log: Log, meter?: MetricMeter): ProviderDeps {
  const unmapped = meter?.createCounter(
    'payouts_provider_unmapped_answers',
    'answers',
    'Answers of a provider that its adapter has no words for',
  );
  const refused = meter?.createCounter(
    'payouts_provider_login_refused',
    'calls',
    'Calls whose credentials the provider turned away',
  );
  return {
    onUnmapped(answer) {
      log.warn('The provider said something we have no words for', answer);
      const { account, protocol, call, what } = answer;
      unmapped?.add(1, { account, provider: protocol, call, what });
    },
    onLoginRefused(refusal) {
      log.error('The provider refuses our login: check this account’s credentials', refusal);
      const { account, protocol } = refusal;
      refused?.add(1, { account, provider: protocol });
    },
  };
}
