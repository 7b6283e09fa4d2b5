import type { PaymentRequest } from '../../domain/payment.js';
import type { Problem } from '../../domain/problem.js';
import { MAX_TEXT } from './limits.js';
import { webAddress } from '../web-address.js';

const MAX_FIELDS = 20;

/** Texts that are missing, too long or of another form (8b.world /pay §4.1). Nothing is cut to fit. */
export function validateTexts(request: PaymentRequest): readonly Problem[] {
  const { description, language, payer, returnUrls } = request;
  return [
    ...lengthProblems('description', description),
    ...lengthProblems('payer.email', payer.email),
    ...(payer.id === undefined ? [] : lengthProblems('payer.id', payer.id)),
    ...emailProblems(payer.email),
    ...languageProblems(language),
    ...urlProblems('returnUrls.success', returnUrls.success),
    ...(returnUrls.failure === undefined ? [] : urlProblems('returnUrls.failure', returnUrls.failure)),
    ...fieldProblems(request),
  ];
}

function lengthProblems(field: string, text: string): readonly Problem[] {
  const { length } = [...text];
  if (length >= 1 && length <= MAX_TEXT) return [];
  return [{ field, problem: `${length} characters, must be 1 to ${MAX_TEXT}`, remedy: 'Change it' }];
}

function emailProblems(email: string): readonly Problem[] {
  if (/^[^\s@]+@[^\s@]+$/.test(email)) return [];
  return [{ field: 'payer.email', problem: 'is no e-mail address', remedy: 'Write name@shop.example' }];
}

function languageProblems(language: string): readonly Problem[] {
  if (/^[a-z]{2}$/.test(language)) return [];
  return [{ field: 'language', problem: 'is not two small letters', remedy: 'Write en or uk' }];
}

function urlProblems(field: string, url: string): readonly Problem[] {
  if (webAddress(url) === undefined) {
    const remedy = 'Write it with its scheme and without user name: https://shop.example/paid';
    return [{ field, problem: 'is not an absolute URL', remedy }];
  }
  if (url.length <= MAX_TEXT) return [];
  return [{ field, problem: `${url.length} characters, at most ${MAX_TEXT}`, remedy: 'Shorten it' }];
}

/** They become `params.extra_params`. */
function fieldProblems({ providerFields = {} }: PaymentRequest): readonly Problem[] {
  const names = Object.keys(providerFields);
  if (names.length > MAX_FIELDS) {
    const problem = `${names.length} fields, at most ${MAX_FIELDS}`;
    return [{ field: 'providerFields', problem, remedy: 'Leave some out' }];
  }
  return Object.entries(providerFields).flatMap(([name, value]) =>
    /^[A-Za-z]\w{0,63}$/.test(name)
      ? lengthProblems(`providerFields.${name}`, value)
      : [
          {
            field: 'providerFields',
            problem: 'has a name that is no field name',
            remedy: 'Use letters, digits and _',
          },
        ],
  );
}
