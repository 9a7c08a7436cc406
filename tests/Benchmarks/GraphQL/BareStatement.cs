using System.Data;
using Microsoft.AspNetCore.Http;
using Npgsql;
using QualityIngest.Database;

namespace QualityIngest.Benchmarks.GraphQL;

/// <summary>A committed statement and its values, answered under the role and in the transaction that queries of GraphQL have.</summary>
internal sealed record BareStatement(string Path, string Sql, params object[] Values)
{
    /// <summary>Runs it and sends its one value as it comes.</summary>
    public async Task Answer(Postgres postgres, HttpResponse response, CancellationToken cancel)
    {
        await using var session = await postgres.Reading(GraphQLHost.Tenant, cancel);
        await using var command = Command(Sql, session);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
        await reader.ReadAsync(cancel);
        await using var json = await reader.GetFieldValueAsync<Stream>(0, cancel);
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        await json.CopyToAsync(response.Body, cancel);
    }

    /// <summary>How PostgreSQL runs it.</summary>
    public async Task<string> Explain(Postgres postgres, CancellationToken cancel)
    {
        await using var session = await postgres.Reading(GraphQLHost.Tenant, cancel);
        await using var command = Command($"explain (analyze, timing off) {Sql}", session);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var plan = new StringWriter { NewLine = "\n" };
        while (await reader.ReadAsync(cancel))
            await plan.WriteLineAsync(reader.GetString(0));
        return plan.ToString();
    }

    private NpgsqlCommand Command(string sql, TenantSession session)
    {
        var command = new NpgsqlCommand(sql, session.Connection, session.Transaction);
        foreach (var value in Values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
