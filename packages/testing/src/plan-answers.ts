/** What the models of a fake server say next. */
export interface PlannedAnswers<Question, Answer> {
  readonly answer: (question: Question) => Answer | Promise<Answer>;
  /** The next questions get these, one each, before the usual answer is asked for again. */
  readonly reply: (...answers: readonly Answer[]) => void;
}

export function planAnswers<Question, Answer extends string | object>(
  usual: (question: Question) => Answer | Promise<Answer>,
): PlannedAnswers<Question, Answer> {
  const planned: Answer[] = [];
  return {
    answer: (question) => planned.shift() ?? usual(question),
    reply: (...answers) => void planned.push(...answers),
  };
}
