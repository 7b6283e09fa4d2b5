import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.js';
import { commandName } from '../command-name.js';
import type { Engine } from '../context.js';
import { bad, good, type Finding } from './finding.js';

/** Is Temporal there, has it our namespace, and does it know what operations search by? */
export async function checkTemporal({ temporal, foundBy }: Engine): Promise<Finding[]> {
  const { namespace, connectionOptions } = temporal;
  const address = connectionOptions.address ?? 'the default address';
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...connectionOptions, connectTimeout: '5s' });
  } catch {
    const remedy = `Start it ("${commandName()} up" brings its own), or mend TEMPORAL_ADDRESS and TEMPORAL_TLS_*.`;
    return [bad('Temporal', `does not answer at ${address} (named by ${foundBy})`, remedy)];
  }
  try {
    return [good('Temporal', `answers at ${address}`), ...(await checkNamespace(connection, namespace))];
  } finally {
    await connection.close();
  }
}

async function checkNamespace(connection: Connection, namespace: string): Promise<Finding[]> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch {
    const remedy = `Make it (temporal operator namespace create -n ${namespace}), or set TEMPORAL_NAMESPACE.`;
    return [bad('namespace', `"${namespace}" is not there or not ours to use`, remedy)];
  }
  const found = good('namespace', `"${namespace}"`);
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.keys(SEARCH_ATTRIBUTES).filter((name) => !(name in (customAttributes ?? {})));
    const words =
      missing.length === 0
        ? `all ${Object.keys(SEARCH_ATTRIBUTES).length}`
        : `missing: ${missing.join(', ')}`;
    const remedy = 'Start a worker: it registers them.';
    return [found, missing.length === 0 ? good('search', words) : bad('search', words, remedy)];
  } catch {
    // Temporal Cloud shows them in its own console alone.
    return [found, good('search', 'this server does not tell its search attributes')];
  }
}
