import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { ConfigProblem } from './config-error.js';

export type YamlPath = readonly (string | number)[];

/** A YAML text that knows on which line each of its values stands. */
export class YamlSource {
  readonly #lines = new LineCounter();
  readonly #document: Document;

  /** @param name How the file is called in errors. */
  constructor(
    readonly name: string,
    text: string,
  ) {
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      uniqueKeys: false,
      prettyErrors: false,
    });
  }

  /** The plain value. Of a key that stands twice, the last. */
  value(): unknown {
    return this.#document.toJS();
  }

  /** `accounts.yaml:7 accounts.acme.provider`: the line of the value, or of the nearest thing around it. */
  where(path: YamlPath): string {
    return `${this.name}:${this.#lineOf(path)} ${path.join('.')}`.trimEnd();
  }

  syntaxProblems(): ConfigProblem[] {
    const found = [...this.#document.errors, ...this.#document.warnings].map(({ message, pos }) => ({
      where: `${this.name}:${this.#line(pos[0])}`,
      problem: `is not YAML: ${message}`,
      remedy: 'Correct the syntax; mind the indentation and the space after each colon.',
    }));
    return found.length > 0 ? found : this.#aliasProblems();
  }

  /** What only shows when aliases are followed: to nowhere, in circles, or to more than anybody would write. */
  #aliasProblems(): ConfigProblem[] {
    try {
      JSON.stringify(this.#document.toJS());
      return [];
    } catch (error) {
      const [why] = (error instanceof Error ? error.message : 'unknown error').split('\n');
      return [
        {
          where: this.name,
          problem: `has an alias that cannot be followed: ${why}`,
          remedy: 'Define each &anchor before its *alias, outside of itself.',
        },
      ];
    }
  }

  /** Keys that stand twice in one map: YAML forbids it, and one of the two would silently be lost. */
  duplicateKeys(): ConfigProblem[] {
    const problems: ConfigProblem[] = [];
    visit(this.#document, {
      Map: (_, map, ancestors) => {
        const seen = new Map<string, number>();
        for (const { key } of map.items) {
          if (!isScalar(key)) continue;
          const name = String(key.value);
          const line = this.#line(key.range?.[0] ?? 0);
          const first = seen.get(name);
          seen.set(name, first ?? line);
          if (first === undefined) continue;
          const path = [...keysAbove(ancestors), name].join('.');
          problems.push({
            where: `${this.name}:${line} ${path}`,
            problem: `"${name}" stands here for the second time, first in line ${first}`,
            remedy: 'Remove or rename one of the two.',
          });
        }
      },
    });
    return problems;
  }

  #lineOf(path: YamlPath): number {
    for (let depth = path.length; depth > 0; depth--) {
      const holder = this.#document.getIn(path.slice(0, depth - 1), true);
      const last = path[depth - 1];
      const pair = isMap(holder)
        ? holder.items.find(({ key }) => isScalar(key) && key.value === last)
        : undefined;
      const node = pair?.key ?? this.#document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return this.#line(node.range[0]);
    }
    return 1;
  }

  #line(offset: number): number {
    return Math.max(1, this.#lines.linePos(offset).line);
  }
}

function keysAbove(ancestors: readonly unknown[]): string[] {
  return ancestors.flatMap((ancestor) => {
    const key: unknown =
      typeof ancestor === 'object' && ancestor !== null && 'key' in ancestor ? ancestor.key : undefined;
    return isScalar(key) ? [String(key.value)] : [];
  });
}
