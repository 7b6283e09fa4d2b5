/** Waited for something that did not come in time. */
export class TooSlowError extends Error {
  override readonly name = 'TooSlowError';
  constructor(readonly ms: number) {
    super(`does not answer within ${ms} ms`);
  }
}

/** Waits for a promise, but not longer than `ms`. What it stands for goes on; its late failure is nobody's concern. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlowError(ms)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
