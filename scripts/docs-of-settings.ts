/**
 * The comments above the fields of a schema or an interface, by the fields' dotted paths: zod forgets them, and a
 * setting's meaning shall stand in one place.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface FieldDoc {
  /** The comment's words, on one line. */
  readonly words?: string | undefined;
  /** What its `@default` says. */
  readonly standard?: string | undefined;
}

/**
 * @param file a TypeScript source
 * @param name of the constant (`const settings = z.strictObject({ … })`) or interface in it
 * @example docsOfSettings('providers/all2pay/config.ts', 'settings').get('signing.enabled')?.words
 */
export function docsOfSettings(file: string, name: string): ReadonlyMap<string, FieldDoc> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const docs = new Map<string, FieldDoc>();
  const declaration = declarationOf(source, name);
  if (!declaration) throw new Error(`${file} has no constant or interface ${name}`);
  collect(declaration, [], docs);
  return docs;
}

function declarationOf(source: ts.SourceFile, name: string): ts.Node | undefined {
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name) return statement;
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find(({ name: id }) => id.getText() === name);
    if (found) return found;
  }
  return undefined;
}

/** A field is what has a name and a comment of its own; fields inside its value are below it. */
function collect(node: ts.Node, path: readonly string[], docs: Map<string, FieldDoc>): void {
  ts.forEachChild(node, (child) => {
    const isField = ts.isPropertyAssignment(child) || ts.isPropertySignature(child);
    if (!isField) return collect(child, path, docs);
    const below = [...path, child.name.getText()];
    docs.set(below.join('.'), docOf(child));
    collect(child, below, docs);
  });
}

function docOf(node: ts.Node): FieldDoc {
  const standard = ts.getJSDocTags(node).find((tag) => tag.tagName.text === 'default')?.comment;
  const words = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1)?.comment;
  return { words: textOf(words), standard: textOf(standard) };
}

function textOf(comment: ts.JSDoc['comment']): string | undefined {
  return ts.getTextOfJSDocComment(comment)?.replace(/\s+/g, ' ').trim() || undefined;
}
