/** What is wrong with a query. */
export interface GraphQLError {
  /** The sentence for people. */
  message: string;
  /** `code`, a stable word such as `INSUFFICIENT_SCOPE`, and what else is known. */
  extensions?: { code?: string; [name: string]: unknown };
}

/** A query that was not answered, or not wholly. */
export class GraphQLProblem extends Error {
  override readonly name = 'GraphQLProblem';

  constructor(
    /** What is wrong, at least one where the server says. */
    readonly errors: GraphQLError[],
  ) {
    super(errors[0]?.message ?? 'The query was not answered.');
  }
}
