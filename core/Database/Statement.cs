using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;
using NpgsqlTypes;

namespace QualityIngest.Database;

/// <summary>One SQL statement with positional parameters (<c>$1</c>, <c>$2</c> …). Values never become text.</summary>
/// <param name="Text">Plain SQL.</param>
/// <param name="Values">
/// The parameters in order. Null is sent untyped, so a statement that gives no other hint casts it (<c>$1::text</c>).
/// Arrays feed <c>unnest</c>; times are UTC <see cref="DateTime"/>s or <see cref="DateTimeOffset"/>s of offset zero.
/// </param>
public sealed record Statement(string Text, params object?[] Values)
{
    private static readonly ConcurrentDictionary<(Assembly, string), string> Files = new();

    /// <summary>The statement of an embedded file, named by its path inside the room: <c>"Ingest/DiscoverPage.sql"</c>.</summary>
    public static Statement File(Assembly room, string path, params object?[] values) =>
        new(Files.GetOrAdd((room, path), Read), values);

    /// <summary>The statement of an embedded file in the room of <typeparamref name="TRoom"/>.</summary>
    public static Statement File<TRoom>(string path, params object?[] values) => File(typeof(TRoom).Assembly, path, values);

    internal NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(Text);
        foreach (var value in Values)
            command.Parameters.Add(Parameter(value));
        return command;
    }

    /// <summary>A parameter of type jsonb; null: SQL null.</summary>
    public static NpgsqlParameter Json(string? json) => new() { Value = (object?)json ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    /// <summary>A parameter of type jsonb[]; null: SQL null.</summary>
    public static NpgsqlParameter JsonArray(IEnumerable<string?> json) =>
        new() { Value = json.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };

    /// <summary>A parameter of type json[], of UTF-8 texts that are kept as they are; null: SQL null.</summary>
    public static NpgsqlParameter JsonTextArray(IEnumerable<byte[]?> json) =>
        new() { Value = json.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json };

    /// <summary>A parameter of type timestamptz[], some of whose times are null: an array that begins with one says nothing of its type.</summary>
    public static NpgsqlParameter Times(IEnumerable<DateTimeOffset?> times) =>
        new() { Value = times.Select(time => time?.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };

    /// <summary>The statement as a command of this transaction, for code that is handed the transaction alone.</summary>
    public NpgsqlCommand ToCommand(NpgsqlTransaction transaction)
    {
        var command = new NpgsqlCommand(Text, transaction.Connection, transaction);
        foreach (var value in Values)
            command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(object? value) =>
        value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value };

    private static string Read((Assembly Room, string Path) file)
    {
        var suffix = "." + file.Path.Replace('/', '.');
        var name = file.Room.GetManifestResourceNames().SingleOrDefault(n => n.EndsWith(suffix, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{file.Room.GetName().Name} embeds no statement '{file.Path}'.");
        using var reader = new StreamReader(file.Room.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
