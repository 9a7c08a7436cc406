using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace QualityIngest.LiveApi;

/// <summary>Stores rows as they are given, past the pipeline.</summary>
internal static class Rows
{
    /// <summary>Inserts rows of several tables, in the file's order; columns that the first row of a table lacks have their defaults.</summary>
    public static async Task Insert(NpgsqlDataSource database, string tenant, string file)
    {
        using var stream = File.OpenRead(file);
        var tables = (await JsonNode.ParseAsync(stream))!.AsObject();
        foreach (var (table, rows) in tables)
        {
            foreach (var row in rows!.AsArray())
                row!["tenant_id"] = tenant;
            await Insert(database, table, rows.AsArray());
        }
    }

    /// <summary>Runs statements.</summary>
    public static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Insert(NpgsqlDataSource database, string table, JsonArray rows)
    {
        if (rows.Count == 0)
            return;
        var columns = string.Join(", ", rows[0]!.AsObject().Select(column => $"\"{column.Key}\""));
        await using var command = database.CreateCommand(
            $"insert into qi.\"{table}\" ({columns}) select {columns} from json_populate_recordset(null::qi.\"{table}\", $1)");
        command.Parameters.Add(new() { Value = rows.ToJsonString(JsonSerializerOptions.Default), NpgsqlDbType = NpgsqlDbType.Json });
        await command.ExecuteNonQueryAsync();
    }
}
