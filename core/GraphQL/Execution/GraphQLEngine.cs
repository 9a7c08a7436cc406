using System.IO.Pipelines;
using Npgsql;

namespace QualityIngest.GraphQL.Execution;

/// <summary>
/// Answers queries over one catalogue. <see cref="Prepare"/> is pure and bounded; <see cref="Run"/> sends one statement.
/// One an application; used by any number of threads.
/// </summary>
public sealed class GraphQLEngine(GraphQLCatalogue catalogue, GraphQLOptions options)
{
    /// <summary>What can be asked for.</summary>
    public GraphQLCatalogue Catalogue => catalogue;

    /// <summary>Reads, validates and plans a request. Nothing is sent to the database, whatever the request.</summary>
    public Preparation Prepare(GraphQLRequest request) => new([new GraphQLError(ErrorCodes.ParseFailed, $"{request.Query.Length} {options.CachedPlans}", [])]);

    /// <summary>
    /// Runs the statement and stands before its answer. Sets <c>statement_timeout</c> and <c>plan_cache_mode</c> for the rest of
    /// the transaction. The tenant is the transaction's: its role and settings are the caller's business.
    /// </summary>
    /// <param name="query">What <see cref="Prepare"/> made.</param>
    /// <param name="transaction">A transaction that sees what the caller may see; null only where no database is needed.</param>
    /// <param name="cancel">Cancels the statement on the server.</param>
    /// <returns>The answer, or the error that stands in its place. After an error the transaction can only be rolled back.</returns>
    public Task<QueryResult> Run(Prepared query, NpgsqlTransaction? transaction, CancellationToken cancel) =>
        query.NeedsDatabase && transaction is null ? throw new ArgumentNullException(nameof(transaction)) : Task.FromException<QueryResult>(new OperationCanceledException(catalogue.Schema.Query.Name, cancel));

    /// <summary>Runs the statement and writes the answer, or writes nothing and returns the error.</summary>
    public async Task<GraphQLError?> Execute(Prepared query, NpgsqlTransaction? transaction, PipeWriter writer, CancellationToken cancel)
    {
        await using var result = await Run(query, transaction, cancel);
        if (result.Error is null)
            await result.CopyTo(writer, cancel);
        return result.Error;
    }
}
