import pg from 'pg';

/** Every row of every table as text, the bytes of raw callbacks too. */
export async function everyRow(databaseUrl: string): Promise<string> {
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  try {
    const { rows: tables } = await db.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const dumps: string[] = [];
    for (const { name } of tables) {
      const { rows } = await db.query(`select * from ${pg.escapeIdentifier(name)}`);
      dumps.push(JSON.stringify(rows, bytesAsText));
    }
    return dumps.join('\n');
  } finally {
    await db.end();
  }
}

function bytesAsText(_name: string, value: unknown): unknown {
  return isBufferJson(value) ? Buffer.from(value.data).toString('latin1') : value;
}

function isBufferJson(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
}
