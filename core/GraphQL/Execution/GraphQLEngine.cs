using System.Data;
using System.Globalization;
using System.IO.Pipelines;
using Npgsql;
using QualityIngest.GraphQL.Planning;
using QualityIngest.GraphQL.Values;

namespace QualityIngest.GraphQL.Execution;

/// <summary>
/// Answers queries over one catalogue. <see cref="Prepare"/> is pure and bounded; <see cref="Run"/> sends one statement.
/// One an application; used by any number of threads.
/// </summary>
public sealed class GraphQLEngine(GraphQLCatalogue catalogue, GraphQLOptions options)
{
    private readonly Operations _operations = new(catalogue, options);
    private readonly BoundedCache<(Operation, string), Plan> _plans = new(options.CachedPlans, options.CachedPlanBytes);
    private readonly string _settings = string.Create(
        CultureInfo.InvariantCulture, $"set local statement_timeout = {(long)options.Limits.StatementTimeout.TotalMilliseconds}");

    /// <summary>What can be asked for.</summary>
    public GraphQLCatalogue Catalogue => catalogue;

    /// <summary>How many documents and plans are remembered at the moment.</summary>
    internal (int Documents, int Plans, long PlanBytes) Remembered => (_operations.Remembered, _plans.Count, _plans.Bytes);

    /// <summary>Reads, validates and plans a request. Nothing is sent to the database, whatever the request.</summary>
    public Preparation Prepare(GraphQLRequest request)
    {
        var (operation, refusal) = _operations.Find(request);
        if (operation is null)
            return refusal!;
        var variables = Coercion.Variables(catalogue.Schema, operation.Node, request.Variables, options.Limits);
        if (variables.Errors.Count > 0)
            return new(variables.Errors, operation.Node.Kind);
        var key = (operation, operation.Shape.Of(variables.Values));
        if (!_plans.TryGet(key, out var plan))
        {
            (plan, var errors) = Planner.Plan(catalogue.Schema, operation.Document, operation.Node, variables.Values, options.Limits);
            if (plan is null)
                return new(errors, operation.Node.Kind);
            _plans.Add(key, plan, operation.Weight + plan.Weight + (2L * key.Item2.Length));
        }
        return plan.Bind(variables.Values, options.Limits.Rows);
    }

    /// <summary>
    /// Runs the statement and stands before its answer. Sets <c>statement_timeout</c> and <c>plan_cache_mode</c> for the rest of
    /// the transaction. The tenant is the transaction's: its role and settings are the caller's business.
    /// </summary>
    /// <param name="query">What <see cref="Prepare"/> made.</param>
    /// <param name="transaction">A transaction that sees what the caller may see; null only where no database is needed.</param>
    /// <param name="cancel">Cancels the statement on the server.</param>
    /// <returns>The answer, or the error that stands in its place. After an error the transaction can only be rolled back.</returns>
    public async Task<QueryResult> Run(Prepared query, NpgsqlTransaction? transaction, CancellationToken cancel)
    {
        if (!query.NeedsDatabase)
            return new(query.Answer);
        ArgumentNullException.ThrowIfNull(transaction);
        var batch = Batch(query, transaction);
        NpgsqlDataReader? reader = null;
        try
        {
            reader = await batch.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
            await reader.ReadAsync(cancel);
            var data = await reader.GetFieldValueAsync<Stream>(0, cancel);
            var length = data.Length;
            if (length <= options.Limits.ResponseBytes)
                return new(batch, reader, data);
            await QueryResult.Close(batch, reader);
            return new(DatabaseErrors.TooLarge(length, options.Limits));
        }
        catch (PostgresException e) when (DatabaseErrors.Of(e, options.Limits, query.NamesZone) is { } error)
        {
            await QueryResult.Close(batch, reader);
            return new(error);
        }
        catch
        {
            await QueryResult.Close(batch, reader);
            throw;
        }
    }

    /// <summary>Runs the statement and writes the answer, or writes nothing and returns the error.</summary>
    public async Task<GraphQLError?> Execute(Prepared query, NpgsqlTransaction? transaction, PipeWriter writer, CancellationToken cancel)
    {
        await using var result = await Run(query, transaction, cancel);
        if (result.Error is null)
            await result.CopyTo(writer, cancel);
        return result.Error;
    }

    // Settings and query travel together. A statement that the driver has prepared is still planned for each request's values.
    private NpgsqlBatch Batch(Prepared query, NpgsqlTransaction transaction)
    {
        var command = new NpgsqlBatchCommand(query.Sql);
        foreach (var value in query.Values)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = value.Type, Value = value.Value ?? DBNull.Value });
        return new NpgsqlBatch(transaction.Connection, transaction)
        {
            Timeout = 0, // The statement's own, which the server keeps, tells the caller which limit it was.
            BatchCommands =
            {
                new NpgsqlBatchCommand(_settings),
                new NpgsqlBatchCommand("set local plan_cache_mode = force_custom_plan"),
                command,
            },
        };
    }
}
