using Npgsql;
using NpgsqlTypes;

namespace QualityIngest.Domain.Feeds;

/// <summary>Writes rows of feeds by binary COPY.</summary>
internal static class FeedCopy
{
    /// <summary>The columns that every table of them begins with.</summary>
    public const string Head = "tenant_id, id, import_id, connector_id, file_id, line, namespace, warnings, attributes, lists";

    /// <summary>Begins a row with the columns of <see cref="Head"/>.</summary>
    public static async Task Begin(
        NpgsqlBinaryImporter copy, string tenant, Guid id, FeedImport import, BatchFile file, long line, IReadOnlyList<string> warnings,
        string? attributes, string? lists, CancellationToken cancel)
    {
        await copy.StartRowAsync(cancel);
        await copy.WriteAsync(tenant, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancel);
        await copy.WriteAsync(import.Id, NpgsqlDbType.Uuid, cancel);
        await copy.WriteAsync(import.ConnectorId, NpgsqlDbType.Uuid, cancel);
        await copy.WriteAsync(file.Id, NpgsqlDbType.Uuid, cancel);
        await copy.WriteAsync(line, NpgsqlDbType.Bigint, cancel);
        await copy.WriteAsync(import.Namespace, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(warnings as string[] ?? [.. warnings], NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
        await Write(copy, attributes, NpgsqlDbType.Json, cancel);
        await Write(copy, lists, NpgsqlDbType.Jsonb, cancel);
    }

    /// <summary>Writes values of the types that a row of a feed can hold.</summary>
    /// <exception cref="ArgumentException">One of them is of another type.</exception>
    public static async Task Write(NpgsqlBinaryImporter copy, IReadOnlyList<object?> values, CancellationToken cancel)
    {
        foreach (var value in values)
            await Write(copy, value, TypeOf(value), cancel);
    }

    /// <summary>Writes an id, or that there is none.</summary>
    public static Task Write(NpgsqlBinaryImporter copy, Guid? id, CancellationToken cancel) =>
        id is { } known ? copy.WriteAsync(known, NpgsqlDbType.Uuid, cancel) : copy.WriteNullAsync(cancel);

    private static Task Write(NpgsqlBinaryImporter copy, object? value, NpgsqlDbType type, CancellationToken cancel) => value switch
    {
        null => copy.WriteNullAsync(cancel),
        string text => copy.WriteAsync(text, type, cancel),
        DateTimeOffset moment => copy.WriteAsync(moment, type, cancel),
        long whole => copy.WriteAsync(whole, type, cancel),
        decimal number => copy.WriteAsync(number, type, cancel),
        bool flag => copy.WriteAsync(flag, type, cancel),
        _ => copy.WriteAsync(value, type, cancel),
    };

    private static NpgsqlDbType TypeOf(object? value) => value switch
    {
        null or string => NpgsqlDbType.Text,
        DateTimeOffset => NpgsqlDbType.TimestampTz,
        long => NpgsqlDbType.Bigint,
        decimal => NpgsqlDbType.Numeric,
        bool => NpgsqlDbType.Boolean,
        _ => throw new ArgumentException("No column of a feed holds such a value.", nameof(value)),
    };
}
