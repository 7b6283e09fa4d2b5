/** As `domain/search-attributes.ts` has them. */
export type SearchAttributeTypes = Readonly<Record<string, keyof typeof CLI_TYPES>>;

const CLI_TYPES = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  KEYWORD_LIST: 'KeywordList',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
} as const;

export interface ServerArguments {
  readonly ip: string;
  readonly port: number;
  readonly uiPort: number | undefined;
  readonly codecUrl: string | undefined;
  readonly dbFile: string | undefined;
  readonly namespace: string;
  readonly searchAttributes: SearchAttributeTypes;
  readonly dynamicConfig: Readonly<Record<string, unknown>>;
}

/** `temporal server start-dev …` */
export function serverArguments(options: ServerArguments): string[] {
  const { ip, port, uiPort, codecUrl, dbFile, namespace, searchAttributes, dynamicConfig } = options;
  return [
    ...['server', 'start-dev', '--ip', ip, '--port', String(port), '--log-level', 'warn', '--color', 'never'],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(codecUrl === undefined ? [] : ['--ui-codec-endpoint', codecUrl]),
    ...(dbFile === undefined ? [] : ['--db-filename', dbFile]),
    ...(namespace === 'default' ? [] : ['--namespace', namespace]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${CLI_TYPES[type]}`,
    ]),
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${JSON.stringify(value)}`,
    ]),
  ];
}
