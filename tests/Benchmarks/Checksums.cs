using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.Benchmarks;

/// <summary>Counts and checksums of what a tenant's import has left in every table.</summary>
public static class Checksums
{
    /// <summary>Compares two databases by the <c>Checksum.sql</c> of a benchmark's folder.</summary>
    /// <exception cref="InvalidOperationException">The two have left something different; the message says where.</exception>
    public static async Task RequireEqual(string folder, NpgsqlDataSource one, NpgsqlDataSource other, string tenant, CancellationToken cancel)
    {
        var (left, right) = (await Of(folder, one, tenant, cancel), await Of(folder, other, tenant, cancel));
        if (!left.SequenceEqual(right))
            throw new InvalidOperationException($"The API left\n{string.Join('\n', left)}\nand psql\n{string.Join('\n', right)}");
    }

    private static async Task<List<(string Table, long Rows, string Sum)>> Of(string folder, NpgsqlDataSource database, string tenant, CancellationToken cancel)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "tests/Benchmarks", folder, "Checksum.sql"), cancel);
        await using var command = database.CreateCommand(text);
        command.CommandTimeout = 300;
        command.Parameters.AddWithValue(tenant);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var sums = new List<(string, long, string)>();
        while (await reader.ReadAsync(cancel))
            sums.Add((reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? "" : reader.GetString(2)));
        return sums;
    }
}
